using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NewsMonitor.Articles;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Http;
using NewsMonitor.Pages;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor;

/// <summary>Everything the system is made of, for whichever host runs it. Does no I/O but to make the data folder when it is first used.</summary>
public static class NewsMonitorServices
{
    public static IServiceCollection AddNewsMonitor(this IServiceCollection services, IConfiguration configuration)
    {
        AddOptions<StorageOptions>(services, configuration, StorageOptions.Section);
        AddOptions<SourcesOptions>(services, configuration, SourcesOptions.Section);
        AddOptions<HttpOptions>(services, configuration, HttpOptions.Section);
        AddOptions<FetchOptions>(services, configuration, FetchOptions.Section);
        AddOptions<ArticleOptions>(services, configuration, ArticleOptions.Section);
        AddOptions<TopicsOptions>(services, configuration, TopicsOptions.Section);
        AddOptions<HitOptions>(services, configuration, HitOptions.Section);
        AddOptions<DigestOptions>(services, configuration, DigestOptions.Section);
        AddOptions<MailOptions>(services, configuration, MailOptions.Section);
        AddOptions<WebhookOptions>(services, configuration, WebhookOptions.Section);
        AddOptions<PipelineOptions>(services, configuration, PipelineOptions.Section);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Journal>();
        services.AddSingleton<RazorHtml>();

        services.AddSingleton<StorageCounts>();
        services.AddSingleton(s => Stores.Open(
            s.GetRequiredService<IOptions<StorageOptions>>().Value, s.GetRequiredService<TimeProvider>(), s.GetService<ILogger<Stores>>()));
        services.AddSingleton<IBlobStore>(s => new CountedBlobs(s.GetRequiredService<Stores>().Blobs, s.GetRequiredService<StorageCounts>()));
        services.AddSingleton<IWorkQueues>(s => new CountedQueues(s.GetRequiredService<Stores>().Queues, s.GetRequiredService<StorageCounts>()));

        services.AddSingleton(s => s.GetRequiredService<IOptions<SourcesOptions>>().Value.File is { Length: > 0 } file
            ? SourceCatalog.InFile(file)
            : new SourceCatalog(s.GetRequiredService<IBlobStore>()));
        services.AddFetching();
        services.AddOptions<FetchOptions>().PostConfigure<IOptions<DigestOptions>>((fetch, digests) =>
        {
            // Whoever wonders who asks finds out at the monitor's own address, where it has one that others can reach.
            if (string.IsNullOrEmpty(fetch.ContactUrl) && digests.Value.PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true)
                fetch.ContactUrl = digests.Value.PublicUrl;
        });
        services.AddSingleton<TopicCatalog>();
        services.AddSingleton<HitStore>();
        services.AddSingleton<HitLog>();
        services.AddSingleton<HitIndex>();
        services.AddSingleton<IndexRebuild>();
        services.AddSingleton<IndexUpkeep>();
        services.AddSingleton<Retention>();
        services.AddSingleton<StoryIndex>();
        services.AddSingleton<StoryStore>();

        services.AddSingleton<SubscriberStore>();
        services.AddSingleton<EditionSchedule>();
        services.AddSingleton<EditionSender>();
        services.AddSingleton<DigestBuilder>();
        services.AddSingleton<DigestRenderer>();
        services.AddSingleton<OperatorDigest>();
        services.AddMail();

        services.AddSingleton<EndpointStore>();
        services.AddTransient<WebhookDelivery>();
        services.AddWebhookClient();

        services.AddSingleton<FirstRun>();
        services.AddSingleton<PollSchedule>();
        services.AddTransient<HitRecorder>();
        services.AddTransient<ArticlePages>();
        services.AddTransient<SourcePoll>();
        services.AddTransient<ShardPoll>();
        services.AddSingleton<AlarmBook>();
        services.AddSingleton<OperatorLetters>();
        services.AddSingleton<Backfill>();
        services.AddSingleton<SecondLook>();
        services.AddSingleton<Health>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<RecentHits>();
        services.AddSingleton<WebPipeline>();
        return services;
    }

    private static void AddOptions<T>(IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>, AnnotatedOptions<T>>();
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
    }

    /// <summary>Says what is wrong in the annotations' own words, which name the setting, and in no others.</summary>
    private sealed class AnnotatedOptions<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var problems = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(problems.Select(problem => problem.ErrorMessage ?? $"{typeof(T).Name} is not valid."));
        }
    }
}
