using System.Text.RegularExpressions;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit;

/// <summary>Data goes one way: a stage knows those before it, and none after.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Digests and Webhooks stand side by side: neither knows the other.</summary>
    private static readonly string[][] Order =
        [["Storage"], ["Http"], ["Sources"], ["Feeds"], ["Articles"], ["Topics"], ["Hits"], ["Digests", "Webhooks"], ["Pipeline"], ["Pages"]];

    private static readonly string Library = Path.Combine(Repository.Root, "functions", "NewsMonitor");

    public static TheoryData<string> Stages => [.. Order.SelectMany(stages => stages)];

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_knows_only_those_before_it(string stage)
    {
        var before = Order.TakeWhile(stages => !stages.Contains(stage)).SelectMany(stages => stages).Append(stage).ToList();
        var known = Directory.GetFiles(Path.Combine(Library, stage), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
            .SelectMany(file => Usings().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct();
        Assert.Empty(known.Except(before));
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_stage()
    {
        var folders = Directory.GetDirectories(Library).Select(Path.GetFileName).Except(["bin", "obj", "Shipped"]);
        Assert.Equal(Order.SelectMany(stages => stages).Order(), folders.Order());
    }

    [Fact]
    public void A_trigger_calls_the_library_and_nothing_else()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "functions", "NewsMonitor.Functions"), "*Functions.cs");
        Assert.InRange(files.Length, 4, 10);
        Assert.All(files, file => Assert.InRange(File.ReadAllLines(file).Length, 5, 40));
    }

    [GeneratedRegex(@"(?:^|\n)@?using NewsMonitor\.(\w+)")]
    private static partial Regex Usings();
}
