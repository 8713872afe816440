using System.Text.Json.Serialization;

namespace NewsMonitor.Topics;

/// <summary>How sure a topic is: <c>Possible</c> when the movement and the force are there but the place is not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Strength>))]
public enum Strength
{
    [JsonStringEnumMemberName("possible")]
    Possible,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,
}

/// <summary>
/// Where a rule matched. Offsets are UTF-16 units of the original title or text, end exclusive. What says why is missing in hits that were
/// stored before it was kept.
/// </summary>
/// <param name="Field">"title" or "text".</param>
/// <param name="Strength">How sure this mention is.</param>
/// <param name="Weight">What it adds to the score.</param>
/// <param name="Because">What the rule found: its words first, then what made its conditions true.</param>
public sealed record Mention(
    string Rule, string Field, int Start, int End, string Text, string Sentence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Strength? Strength = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Weight = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Reason>? Because = null);

/// <summary>One thing that a rule asked for, and the words that were it.</summary>
/// <param name="Place">"match", or where a condition looked: "sentence", "near", "article" …</param>
/// <param name="Set">The set of words, by its name in the topics file, or the words themselves.</param>
/// <param name="Text">As in the article.</param>
public sealed record Reason(string Place, string Set, string Text);

/// <summary>One topic found in one article, with what contributed.</summary>
public sealed record TopicMatch(string Topic, Strength Strength, double Score, IReadOnlyList<Mention> Mentions);
