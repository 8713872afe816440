using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsMonitor.LocalHost;

/// <summary>
/// What this host honours of host.json: <c>extensions.queues</c> and <c>extensions.http.routePrefix</c>, with the defaults and
/// meanings of the queue extension 5.x and the HTTP extension.
/// </summary>
public sealed record HostJson
{
    /// <summary>Messages received at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is fetched when no more than this many messages are in hand.</summary>
    public int NewBatchThreshold { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>How long a message that failed stays hidden.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest pause between looks into an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this many failures a message goes to <c>&lt;queue&gt;-poison</c>.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>Put before every HTTP route.</summary>
    public string RoutePrefix { get; init; } = "api";

    private static readonly JsonSerializerOptions Relaxed = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new TimeSpanText() },
    };

    public static HostJson Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var document = JsonSerializer.Deserialize<Document>(stream, Relaxed);
            var read = (document?.Extensions?.Queues ?? new HostJson()) with
            {
                RoutePrefix = document?.Extensions?.Http?.RoutePrefix ?? "api",
            };
            return read.Checked(file);
        }
        catch (JsonException e)
        {
            throw new MonitorException($"{file}, line {e.LineNumber + 1}: not the JSON of a host.json: {e.Message}", e);
        }
        catch (FileNotFoundException e)
        {
            throw new MonitorException($"{file} is missing; it is part of the functions app.", e);
        }
    }

    private HostJson Checked(string file)
    {
        string? wrong = this switch
        {
            { BatchSize: < 1 or > 32 } => "batchSize must be 1 to 32",
            { NewBatchThreshold: < 0 } => "newBatchThreshold must not be negative",
            { MaxDequeueCount: < 1 } => "maxDequeueCount must be at least 1",
            { VisibilityTimeout: var v } when v < TimeSpan.Zero || v > TimeSpan.FromDays(7) => "visibilityTimeout must be 00:00:00 to 7.00:00:00",
            { MaxPollingInterval: var p } when p < TimeSpan.FromMilliseconds(100) => "maxPollingInterval must be at least 00:00:00.1",
            _ => null,
        };
        return wrong is null ? this : throw new MonitorException($"{file}: extensions.queues: {wrong}.");
    }

    private sealed record Document(ExtensionsPart? Extensions);

    private sealed record ExtensionsPart(HostJson? Queues, HttpPart? Http);

    private sealed record HttpPart(string? RoutePrefix);

    private sealed class TimeSpanText : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException("a time must have the form hh:mm:ss");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));
    }
}
