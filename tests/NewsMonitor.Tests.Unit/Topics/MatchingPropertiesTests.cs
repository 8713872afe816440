using System.Text;
using System.Text.Json;
using CsCheck;
using NewsMonitor.Topics;
using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Matching;

namespace NewsMonitor.Tests.Unit.Topics;

/// <summary>What holds for any text: on the shipped topics' examples, shuffled, mixed with each other and with the words of the rules.</summary>
public sealed class MatchingPropertiesTests
{
    private static readonly string[] s_examples = [.. ShippedTopics.Examples.Select(e => $"{e.Title}. {e.Text}")];

    private static readonly string[] s_forms = [.. ShippedTopics.Rules.Explain().SelectMany(e => e.Forms.Where((_, i) => i % 97 == 0).Select(f => f.Text))];

    private static readonly Gen<string> s_between = Gen.Frequency(
        (40, Gen.Const(" ")), (3, Gen.Const(". ")), (1, Gen.Const("؟ ")), (1, Gen.Const("\n\n")), (2, Gen.Const("، ")), (1, Gen.Const(" 120 ")));

    /// <summary>Words of examples and forms of the rules' words, in some order.</summary>
    private static readonly Gen<string> s_mixed =
        from pieces in Gen.Frequency(
            (3, Gen.Int[0, s_examples.Length - 1].Select(Gen.Int[0, 20], Gen.Int[2, 25]).Select(Piece)),
            (1, Gen.Int[0, s_forms.Length - 1].Select(i => s_forms[i]))).Array[1, 12]
        from between in s_between.Array[pieces.Length]
        select string.Concat(pieces.Zip(between, (p, b) => p + b));

    private static string Piece(int example, int first, int count)
    {
        string[] words = s_examples[example].Split(' ');
        return string.Join(' ', words.Skip(first % words.Length).Take(count));
    }

    private static string Json(IReadOnlyList<TopicMatch> matches) => JsonSerializer.Serialize(matches);

    [Fact]
    public void Leaving_out_by_anchors_changes_nothing_before_and_after_it_has_learnt()
    {
        // Its own rules, so that the first texts meet those that have learnt nothing.
        var rules = TopicRules.Parse(File.ReadAllText(ShippedTopics.Path), "topics.yaml");
        int matched = 0;
        Gen.Select(s_mixed, s_mixed).Sample(
            (title, text) =>
            {
                var all = rules.MatchWithoutAnchors(title, text);
                matched += all.Count;
                Assert.Equal(Json(all), Json(rules.Match(title, text)));
            },
            iter: 3000, threads: 1);
        Assert.True(matched > 300);
    }

    [Fact]
    public void Reading_wide_changes_nothing() =>
        Gen.OneOf(s_mixed, ArabicFoldingTests.Text, s_mixed.Select(ArabicFoldingTests.Text, (a, b) => a + b + a + a)).Array[1, 40].Sample(parts =>
        {
            string text = string.Concat(parts);
            Assert.Equal(Read(text, wide: false), Read(text, wide: true));
        });

    /// <summary>The words, with a stop where a sentence ends: where a block ends does not matter.</summary>
    private static string Read(string text, bool wide)
    {
        var reader = new FoldedReader(wide);
        reader.Open(text.AsMemory(), 0, text.Length, oneSentence: false);
        var read = new StringBuilder();
        while (reader.Read())
        {
            int from = 0;
            foreach (var end in reader.Ends)
            {
                Append(reader.Codes[from..end.Codes]);
                read.Append($" .{end.Place}");
                from = end.Codes;
            }

            Append(reader.Codes[from..]);
        }

        return read.ToString();

        void Append(ReadOnlySpan<byte> codes)
        {
            foreach (var word in codes.Split(Letters.Boundary))
            {
                if (codes[word].Length > 0)
                    read.Append(' ').Append(Convert.ToHexString(codes[word]));
            }
        }
    }

    [Fact]
    public void Marks_and_tatweel_inside_words_never_change_what_matches() =>
        Gen.Select(s_mixed, Gen.Int[0, int.MaxValue]).Sample((text, seed) =>
        {
            var random = new Random(seed);
            const string Marks = "\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0670\u0640\u0640";
            var marked = new StringBuilder();
            var places = new List<int>();
            for (int i = 0; i < text.Length; i++)
            {
                places.Add(marked.Length);
                marked.Append(text[i]);
                while (text[i] is >= 'ء' and <= 'ي' && random.Next(3) == 0)
                    marked.Append(Marks[random.Next(Marks.Length)]);
            }

            var plain = ShippedTopics.Rules.Match("", text).SelectMany(m => m.Mentions).ToList();
            var found = ShippedTopics.Rules.Match("", marked.ToString()).SelectMany(m => m.Mentions).ToList();
            Assert.Equal(plain.Select(m => (m.Rule, places[m.Start])), found.Select(m => (m.Rule, m.Start)));
            Assert.Equal(plain.Select(m => places[LastLetter(text, m.End)]), found.Select(m => LastLetter(marked.ToString(), m.End)));
        });

    private static int LastLetter(string text, int end)
    {
        while (text[--end] is 'ـ' or >= '\u064B' and <= '\u0652' or '\u0670')
        {
        }

        return end;
    }

    [Fact]
    public void What_is_quoted_stands_in_the_text() =>
        Gen.Select(s_mixed, s_mixed).Sample((title, text) =>
        {
            foreach (var mention in ShippedTopics.Rules.Match(title, text).SelectMany(m => m.Mentions))
            {
                string field = mention.Field == "title" ? title : text;
                Assert.Equal(mention.Text, field[mention.Start..mention.End]);
                Assert.Contains(mention.Sentence, field, StringComparison.Ordinal);
                Assert.NotEmpty(mention.Because!);
                Assert.All(mention.Because!, reason => Assert.Contains(reason.Text, title + "\n" + text, StringComparison.Ordinal));
            }
        });

    [Fact]
    public void Rules_never_match_what_they_exclude() =>
        Gen.Select(Words("قوات أجنبية", "قواتٍ", "القوّات", "الجنود"), Words("تنسحب", "انسحاب", "ستغادر"), Words("البيشمركة", "الشركة", "نفط"), Gen.Int[0, 5])
            .Sample((force, movement, excluded, order) =>
            {
                string[] words = order switch
                {
                    0 => [force, movement, excluded],
                    1 => [movement, force, excluded],
                    2 => [excluded, movement, force],
                    3 => [excluded, force, movement],
                    4 => [force, excluded, movement],
                    _ => [movement, excluded, force],
                };
                string text = string.Join(' ', words);
                bool inside = order > 3;
                var found = Excluding.Match("", text).SelectMany(m => m.Mentions).Select(m => m.Rule).ToHashSet();
                Assert.DoesNotContain("near", found);
                Assert.DoesNotContain("sentence", found);
                Assert.DoesNotContain("article", found);
                Assert.Equal(!inside, found.Contains("inside"));
            });

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static TopicRules Excluding { get; } = TopicRules.Parse(
        """
        language: 1
        words:
          force: {noun: [قوة, قوات, جندي, جنود]}
          movement: {verb: [انسحب / ينسحب, غادر / يغادر], noun: [انسحاب]}
          excluded: {noun: [شركة, نفط], name: [البيشمركة]}
        topics:
          - id: t
            title: {ar: ت, en: t}
            rules:
              - {id: near, all: [force, movement], within: 4, unless: [{near: excluded, within: 4}]}
              - {id: sentence, all: [force, movement], within: 4, unless: [{sentence: excluded}]}
              - {id: article, all: [force, movement], within: 4, unless: [{article: excluded}]}
              - {id: inside, all: [force, movement], within: 4, unless: [{inside: excluded}]}
        """,
        "excluding.yaml");
}
