using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Pipeline;

/// <summary>How the work is cut.</summary>
public sealed class PipelineOptions : IValidatableObject
{
    public const string Section = "Pipeline";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinimumMinutes > MaximumMinutes)
            yield return new ValidationResult("Pipeline:MinimumMinutes is over Pipeline:MaximumMinutes; the shortest time between two polls must not be the longer one.");
    }

    /// <summary>
    /// In how many shards the sources are polled: one queue message and one state document each. A change makes every source be read
    /// anew once; no hit is doubled by that.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Pipeline:Shards is in how many parts the sources are polled: a whole number from 1 to 1000.")]
    public int Shards { get; set; } = 4;

    /// <summary>Sources of one shard that are fetched at the same time.</summary>
    [Range(1, 100, ErrorMessage = "Pipeline:Concurrency is how many sources of a shard are fetched at a time: a whole number from 1 to 100.")]
    public int Concurrency { get; set; } = 16;

    /// <summary>After so long without a poll, <c>/health</c> fails.</summary>
    [Range(1, 10080, ErrorMessage = "Pipeline:StaleAfterMinutes is after how long without a poll the monitor counts as ill: minutes from 1 to 10080.")]
    public int StaleAfterMinutes { get; set; } = 15;

    /// <summary>A source is not polled more often, in minutes, unless its own settings say so.</summary>
    [Range(1, 1440, ErrorMessage = "Pipeline:MinimumMinutes is the shortest time between two polls of a source: minutes from 1 to 1440.")]
    public int MinimumMinutes { get; set; } = 5;

    /// <summary>A source is polled at least so often, in minutes, unless it fails, asks for more, or its own settings say otherwise.</summary>
    [Range(1, 1440, ErrorMessage = "Pipeline:MaximumMinutes is the longest time between two polls of a source: minutes from 1 to 1440.")]
    public int MaximumMinutes { get; set; } = 120;

    /// <summary>A poll of one shard begins no further source after so many seconds; they stay due. Well under the life of a queue message.</summary>
    [Range(10, 540, ErrorMessage = "Pipeline:ShardSeconds is after how long a poll of one shard begins no further source: seconds from 10 to 540.")]
    public int ShardSeconds { get; set; } = 240;
}
