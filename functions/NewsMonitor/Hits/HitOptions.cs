using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Hits;

/// <summary>How long hits are kept.</summary>
public sealed class HitOptions
{
    public const string Section = "Hits";

    /// <summary>Days after which a hit, its revisions, its story and its deliveries are removed; 0: never. Backfilled ones count from when they were stored.</summary>
    [Range(0, 36500, ErrorMessage = "Hits:KeepDays is after how many days hits are removed: a whole number from 1 to 36500, or 0 for never.")]
    public int KeepDays { get; set; } = 400;
}
