namespace NewsMonitor.Topics.Rules.Lint;

/// <summary>What follows from conditions without any text.</summary>
internal static class ConditionFacts
{
    /// <summary>Whether the second condition holds of every match of which the first does.</summary>
    /// <param name="fields">Where the match is: in a title, the title is its sentence.</param>
    public static bool Implies(this SetFacts sets, Condition first, Condition second, Fields fields)
    {
        if (!Covers(first, second, fields))
            return false;
        // Of a longer expression only an end may lie within so many words; what it has inside may not.
        bool wholeExpression = first.Place == Place.Inside || second.Place is Place.Sentence or Place.Article or Place.Title;
        return second.Times == 1 && wholeExpression ? sets.Holds(first.Set, second.Set) : sets.IsWithin(first.Set, second.Set);
    }

    /// <summary>Whether the first conditions hold whenever the second do.</summary>
    public static bool AreImplied(this SetFacts sets, Conditions first, Conditions second, Fields fields) =>
        first.Require.All(c => second.Require.Any(s => sets.Implies(s, c, fields)))
        && first.Unless.All(c => second.Unless.Any(s => sets.Implies(c, s, fields)));

    /// <summary>A condition that must hold and one that must not which cannot both be had; null when there are none.</summary>
    public static (Condition Required, Condition Forbidden)? Contradiction(
        this SetFacts sets, IEnumerable<Condition> required, IEnumerable<Condition> forbidden, Fields fields)
    {
        var unless = forbidden.ToList();
        return required.SelectMany(_ => unless, (r, u) => (r, u)).Where(pair => sets.Implies(pair.r, pair.u, fields))
            .Select(pair => ((Condition, Condition)?)pair).FirstOrDefault();
    }

    /// <summary>What is known of a match: what stands nowhere in the file comes from its elements.</summary>
    public static string SayKnown(this RuleFile file, Condition condition) => file.Source[condition] == default
        ? $"each match has {file.Labels[condition.Set]} in it" : $"the rule requires ({file.Say(condition)})";

    /// <summary>Whether the second condition looks wherever the first does.</summary>
    public static bool Covers(Condition first, Condition second, Fields fields)
    {
        if (second.Times > first.Times)
            return false;
        bool inTitle = fields == Fields.Title;
        bool wider = second.Within >= first.Within;
        return (first.Place, second.Place) switch
        {
            (_, Place.Article) => true,
            (Place.Title, Place.Sentence) => inTitle,
            (not (Place.Article or Place.Around), Place.Title) when inTitle => true,
            (Place.Inside, Place.Inside or Place.Near or Place.Around or Place.Sentence) => true,
            (Place.Before or Place.After or Place.Near, Place.Sentence) => true,
            (Place.Before or Place.After or Place.Near, Place.Near or Place.Around) => wider,
            (Place.Title, Place.Title) or (Place.Sentence, Place.Sentence) => true,
            _ => first.Place == second.Place && wider,
        };
    }
}
