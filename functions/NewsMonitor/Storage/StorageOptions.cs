using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Storage;

/// <summary>Where everything is kept.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Empty: files in <see cref="Data"/>. Otherwise a storage account: a connection string, <c>UseDevelopmentStorage=true</c>, or the
    /// account's name or blob service URL to reach it by managed identity.
    /// </summary>
    public string Account { get; set; } = "";

    /// <summary>The data folder, relative to the working directory; not used when an account is set.</summary>
    [Required(ErrorMessage = "Storage:Data must name a folder.")]
    public string Data { get; set; } = "data";

    /// <summary>The blob container.</summary>
    [RegularExpression("^[a-z0-9](-?[a-z0-9]){2,62}$", ErrorMessage = "Storage:Container must be 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Container { get; set; } = "monitor";
}
