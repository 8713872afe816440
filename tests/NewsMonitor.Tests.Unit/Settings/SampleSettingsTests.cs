using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NewsMonitor.Articles;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Http;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Settings;

/// <summary>local.settings.sample.json holds every setting with its default and a line on what it does: no more, no less.</summary>
public sealed class SampleSettingsTests
{
    /// <summary>What the Functions host reads and we do not.</summary>
    private static readonly string[] OfTheHost = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"];

    private static readonly (string Section, object Defaults)[] Options =
    [
        (StorageOptions.Section, new StorageOptions()),
        (SourcesOptions.Section, new SourcesOptions()),
        (FetchOptions.Section, new FetchOptions()),
        (HttpOptions.Section, new HttpOptions()),
        (HitOptions.Section, new HitOptions()),
        (ArticleOptions.Section, new ArticleOptions()),
        (TopicsOptions.Section, new TopicsOptions()),
        (DigestOptions.Section, new DigestOptions()),
        (MailOptions.Section, new MailOptions()),
        (WebhookOptions.Section, new WebhookOptions()),
        (PipelineOptions.Section, new PipelineOptions()),
    ];

    private readonly JsonElement _sample =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json"))).RootElement;

    [Fact]
    public void It_holds_every_option_with_its_default()
    {
        var expected = Options.SelectMany(options => Flatten(options.Section, options.Defaults))
            .Concat(NewsMonitor.Cli.Settings.Defaults.Select(schedule => (schedule.Key, schedule.Value!)));
        var sample = Values().Where(value => !OfTheHost.Contains(value.Item1));
        Assert.Equal(expected.Order(), sample.Order());
    }

    [Fact]
    public void Every_setting_has_its_line()
    {
        var described = _sample.GetProperty("Descriptions").EnumerateObject().ToDictionary(line => line.Name, line => line.Value.GetString()!);
        Assert.Equal(Values().Select(value => value.Item1), described.Keys);
        Assert.All(described.Values, line => Assert.InRange(line.Length, 20, 200));
    }

    [Fact]
    public void Every_trigger_setting_is_there()
    {
        var settings = typeof(Functions.PollFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .SelectMany(parameter => parameter.GetCustomAttributesData())
            .SelectMany(attribute => attribute.ConstructorArguments)
            .Select(argument => argument.Value)
            .OfType<string>()
            .Where(text => text.StartsWith('%'))
            .Select(text => text.Trim('%'))
            .Distinct()
            .ToList();
        Assert.Equal(4, settings.Count);
        Assert.All(settings, name => Assert.True(_sample.GetProperty("Values").TryGetProperty(name, out _), name));
    }

    [Fact]
    public void The_sample_itself_is_valid()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Values().ToDictionary(value => value.Item1.Replace("__", ":", StringComparison.Ordinal), value => (string?)value.Item2))
            .Build();
        foreach (var (section, defaults) in Options)
        {
            var bound = configuration.GetSection(section).Get(defaults.GetType())!;
            System.ComponentModel.DataAnnotations.Validator.ValidateObject(
                bound, new System.ComponentModel.DataAnnotations.ValidationContext(bound), validateAllProperties: true);
        }
    }

    private List<(string, string)> Values() =>
        [.. _sample.GetProperty("Values").EnumerateObject().Select(value => (value.Name, value.Value.GetString()!))];

    private static IEnumerable<(string, string)> Flatten(string prefix, object options) =>
        options.GetType().GetProperties().Where(property => property.CanWrite).SelectMany(property =>
        {
            var name = $"{prefix}__{property.Name}";
            return property.GetValue(options) switch
            {
                null => [(name, "")],
                bool flag => [(name, flag ? "true" : "false")],
                string text => [(name, text)],
                IFormattable value => [(name, value.ToString(null, CultureInfo.InvariantCulture))],
                var nested => Flatten(name, nested),
            };
        });
}
