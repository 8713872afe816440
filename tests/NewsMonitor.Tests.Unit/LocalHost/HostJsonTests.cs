using NewsMonitor.LocalHost;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.LocalHost;

public sealed class HostJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HostJson Read(string json)
    {
        File.WriteAllText(_folder["host.json"], json);
        return HostJson.Read(_folder["host.json"]);
    }

    [Theory]
    [InlineData("""{"version":"2.0"}""")]
    [InlineData("""{"version":"2.0","extensions":{"queues":{},"http":{}}}""")]
    public void Defaults_are_those_of_the_queue_extension(string json)
    {
        var host = Read(json);
        Assert.Equal((16, 8 * Environment.ProcessorCount, 5), (host.BatchSize, host.NewBatchThreshold, host.MaxDequeueCount));
        Assert.Equal(TimeSpan.Zero, host.VisibilityTimeout);
        Assert.Equal("api", host.RoutePrefix);
    }

    [Fact]
    public void Everything_can_be_set_and_comments_may_stand_between()
    {
        var host = Read("""
            { // a comment
              "extensions": {
                "http": { "routePrefix": "" },
                "queues": { "batchSize": 32, "newBatchThreshold": 0, "maxDequeueCount": 2, "visibilityTimeout": "00:00:30", "maxPollingInterval": "00:00:05", },
              },
            }
            """);
        Assert.Equal((32, 0, 2), (host.BatchSize, host.NewBatchThreshold, host.MaxDequeueCount));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), ""), (host.VisibilityTimeout, host.MaxPollingInterval, host.RoutePrefix));
    }

    [Theory]
    [InlineData("""{"batchSize":0}""", "batchSize")]
    [InlineData("""{"batchSize":33}""", "batchSize")]
    [InlineData("""{"newBatchThreshold":-1}""", "newBatchThreshold")]
    [InlineData("""{"maxDequeueCount":0}""", "maxDequeueCount")]
    [InlineData("""{"visibilityTimeout":"-00:00:01"}""", "visibilityTimeout")]
    [InlineData("""{"visibilityTimeout":"7.00:00:01"}""", "visibilityTimeout")]
    [InlineData("""{"maxPollingInterval":"00:00:00.05"}""", "maxPollingInterval")]
    public void A_value_out_of_bounds_is_named_with_the_file(string queues, string setting)
    {
        var error = Assert.Throws<MonitorException>(() => Read("{\"extensions\":{\"queues\":" + queues + "}}"));
        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["host.json"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"extensions\": {\n    \"queues\": { \"batchSize\": \n}", 4)]
    [InlineData("{\n  \"extensions\": {\n    \"queues\": { \"visibilityTimeout\": \"soon\" } } }", 3)]
    [InlineData("{\n  \"extensions\": {\n    \"queues\": { \"visibilityTimeout\": 30 } } }", 3)]
    public void Broken_json_is_an_error_that_names_file_and_line(string json, int line)
    {
        var error = Assert.Throws<MonitorException>(() => Read(json));
        Assert.StartsWith($"{_folder["host.json"]}, line {line}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            _folder["none.json"], Assert.Throws<MonitorException>(() => HostJson.Read(_folder["none.json"])).Message, StringComparison.Ordinal);
}
