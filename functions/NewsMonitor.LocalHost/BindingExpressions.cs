using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace NewsMonitor.LocalHost;

/// <summary>Resolves <c>%Setting%</c> in triggers as the Functions host does: from settings, not recursively, missing is an error.</summary>
internal sealed partial class BindingExpressions(IConfiguration configuration)
{
    public string Resolve(string expression) =>
        Setting().Replace(expression, match =>
            configuration[match.Groups[1].Value]
            ?? throw new MonitorException($"The setting '{match.Groups[1].Value}' is missing; a trigger needs it. local.settings.sample.json has its default."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
