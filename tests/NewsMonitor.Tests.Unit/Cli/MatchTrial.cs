using System.Text;
using System.Text.Json;
using NewsMonitor.Cli.Matching;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

/// <summary>What <c>match</c> did with an input.</summary>
internal sealed record MatchTrial(int Code, string Output, string Problems)
{
    /// <summary>Finds حوار, and is sure of it when it is وطني and the article names بغداد.</summary>
    public static TopicRules Rules { get; } = TopicRules.Parse(
        """
        words: {talks: {noun: [حوار]}, national: {adjective: [وطني]}, baghdad: {name: [بغداد]}}
        topics:
          - id: t
            title: {ar: عنوان, en: Title}
            rules: [{id: r, any: talks, when: [{weight: 2.5, require: [{article: baghdad}, {near: national}]}, {strength: possible, weight: 1}]}]
        """, "rules.yaml");

    /// <summary>By the lines of the output.</summary>
    public JsonElement[] Matches => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    public string[] Ids => [.. Matches.Select(m => m.GetProperty("id").GetString()!)];

    public string[] ProblemLines => Problems.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<MatchTrial> RunAsync(string input, params string[] files) => RunAsync(Encoding.UTF8.GetBytes(input), files);

    public static Task<MatchTrial> RunAsync(byte[] input, params string[] files) => RunAsync(new MemoryStream(input), BlockSizes.Usual, true, files);

    public static async Task<MatchTrial> RunAsync(Stream input, BlockSizes sizes, bool json = true, string[]? files = null, TopicRules? rules = null)
    {
        using var output = new MemoryStream();
        using var problems = new StringWriter { NewLine = "\n" };
        int code = await new MatchRun(rules ?? Rules, json, sizes, workers: 3).RunAsync(
            files ?? [], input, output, problems, TestContext.Current.CancellationToken);
        return new MatchTrial(code, Encoding.UTF8.GetString(output.ToArray()), problems.ToString());
    }
}
