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

/// <summary>Where a rule matched. Offsets are UTF-16 units of the original title or text, end exclusive.</summary>
/// <param name="Field">"title" or "text".</param>
public sealed record Mention(string Rule, string Field, int Start, int End, string Text, string Sentence);

/// <summary>One topic found in one article, with what contributed.</summary>
public sealed record TopicMatch(string Topic, Strength Strength, double Score, IReadOnlyList<Mention> Mentions);
