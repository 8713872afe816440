using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Pipeline;

/// <summary>How the work is cut.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Pipeline";

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
}
