using System.Globalization;
using System.Text;

namespace NewsMonitor.Benchmarks;

/// <summary>
/// A topics file of two hundred: the two that ship, and one for each line of subjects.txt, each with words, phrases, rules and conditions of its own
/// as an analyst would write them. They share what analysts would share: the countries, and the words of their field.
/// </summary>
public static class ManyTopics
{
    private const string Countries =
        "السعودية, مصر, العراق, سوريا, لبنان, الأردن, فلسطين, الكويت, البحرين, قطر, الإمارات, عمان, اليمن, السودان, ليبيا, تونس, الجزائر, المغرب, موريتانيا, "
        + "الرياض, القاهرة, بغداد, دمشق, بيروت, الدوحة, أبوظبي, دبي, مسقط, صنعاء, الخرطوم, طرابلس, الرباط, جدة, الإسكندرية, البصرة, حلب";

    /// <summary>Its words in the order of the columns of subjects.txt.</summary>
    internal sealed record Field(string Name, string Described, string Events, string Verbs, List<Subject> Subjects);

    internal sealed record Subject(string Name, string What, string Of);

    /// <param name="shipped">The topics file that ships.</param>
    public static string Yaml(string shipped)
    {
        var fields = Read();
        string[] sections = shipped.ReplaceLineEndings("\n").Split(["\nwords:\n", "\nphrases:\n", "\ncontexts:\n", "\ntopics:\n"], StringSplitOptions.None);
        if (sections.Length != 5)
        {
            throw new MonitorException(
                "The shipped topics file no longer has the sections words, phrases, contexts and topics, in this order, that others can be added to.");
        }

        return $"{sections[0]}\nwords:\n{sections[1]}\n{Words(fields)}\nphrases:\n{sections[2]}\n{Phrases(fields)}"
            + $"\ncontexts:\n{sections[3]}\n{Contexts(fields)}\ntopics:\n{sections[4]}\n{Topics(fields)}";
    }

    internal static List<Field> Read()
    {
        using var stream = typeof(ManyTopics).Assembly.GetManifestResourceStream("subjects.txt")!;
        using var lines = new StreamReader(stream, Encoding.UTF8);
        var fields = new List<Field>();
        while (lines.ReadLine() is { } line)
        {
            string[] columns = line.Split('|', StringSplitOptions.TrimEntries);
            if (line.StartsWith("= ", StringComparison.Ordinal))
                fields.Add(new(columns[0][2..], columns[1], columns[2], columns[3], []));
            else if (line.Length > 0 && line[0] != '#')
                fields[^1].Subjects.Add(new(columns[0], columns[1], columns[2]));
        }

        return fields;
    }

    private static StringBuilder Words(List<Field> fields)
    {
        var yaml = new StringBuilder($"  arab-countries: {{name: [{Countries}]}}\n");
        foreach (var field in fields)
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
                  field-{{field.Name}}: {adjective: [{{field.Described}}]}
                  events-{{field.Name}}: {noun: [{{field.Events}}], finite: [{{field.Verbs}}]}

                """);
            foreach (var (name, what, of) in field.Subjects)
            {
                yaml.Append(CultureInfo.InvariantCulture, $$"""
                      what-{{name}}: {noun: [{{what}}]}
                      of-{{name}}: {noun: [{{of}}]}

                    """);
            }
        }

        return yaml;
    }

    private static StringBuilder Phrases(List<Field> fields)
    {
        var yaml = new StringBuilder();
        foreach (var (name, _, _) in fields.SelectMany(f => f.Subjects))
            yaml.Append(CultureInfo.InvariantCulture, $"  phrase-{name}: {{phrase: [what-{name}, of-{name}], gap: 1}}\n");
        return yaml;
    }

    private static StringBuilder Contexts(List<Field> fields)
    {
        var yaml = new StringBuilder();
        foreach (var field in fields)
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
                  context-{{field.Name}}:
                    - require: [{sentence: arab-countries}, {article: field-{{field.Name}}}]
                    - strength: possible
                      weight: 0.5
                      require: [{title: arab-countries}]

                """);
        }

        return yaml;
    }

    private static StringBuilder Topics(List<Field> fields)
    {
        var yaml = new StringBuilder();
        for (int f = 0; f < fields.Count; f++)
        {
            // Words of the next field show that something else is meant: an analyst would leave out by some such words.
            var (field, other) = (fields[f], fields[(f + 1) % fields.Count]);
            foreach (var (name, what, of) in field.Subjects)
            {
                yaml.Append(CultureInfo.InvariantCulture, $$"""
                      - id: {{name}}
                        title: {ar: {{what.Split(',')[0]}} {{of.Split(',')[0]}}, en: {{name.Replace('-', ' ')}}}
                        rules:
                          - id: news
                            description: the two words, and what happens to it
                            all: [phrase-{{name}}, events-{{field.Name}}]
                            within: 8
                            unless: [{inside: field-{{other.Name}}}]
                            when: context-{{field.Name}}

                          - id: event-first
                            description: what happens, then of what
                            phrase: [events-{{field.Name}}, of-{{name}}]
                            gap: 2
                            require: [{near: what-{{name}}, within: 6}]
                            unless: [{sentence: field-{{other.Name}}}]
                            when: context-{{field.Name}}

                          - id: headline
                            description: the two words in the title
                            any: phrase-{{name}}
                            fields: title
                            require: [{article: field-{{field.Name}}, times: 2}]
                            weight: 2


                    """);
            }
        }

        return yaml;
    }
}
