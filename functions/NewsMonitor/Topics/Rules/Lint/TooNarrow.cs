namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>An <c>all</c> whose elements have no room within so many words.</summary>
internal static class TooNarrow
{
    public static IEnumerable<LintFinding> Find(RuleFile file, SetFacts sets) =>
        from owned in file.OwnedPatterns()
        let pattern = owned.Pattern
        where pattern.Kind == PatternKind.All && pattern.Elements.All(sets.Occurs)
        let least = LeastWithin([.. pattern.Elements.Skip(1).Select(e => sets.Shortest(e))])
        where least > pattern.Within
        select file.Source[pattern].Warning(
            $"{owned.Owner} can never match: {pattern.Elements.Length} elements beside each other need within: {least} at least, and it has {pattern.Within}");

    /// <param name="lengths">Of what stands before or after the first element.</param>
    private static int LeastWithin(int[] lengths)
    {
        int least = int.MaxValue;
        for (int before = 0; before < 1 << lengths.Length; before++)
        {
            var sides = lengths.Select((length, i) => (Length: length, Side: before >> i & 1)).GroupBy(x => x.Side, x => x.Length);
            // The farthest of a side may go on beyond it: the longest one does.
            least = Math.Min(least, sides.Max(side => side.Sum() - side.Max() + 1));
        }

        return least;
    }
}
