using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace NewsMonitor.Tests.Unit.LocalHost;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void Functions_are_found_with_their_settings_filled_in()
    {
        var catalog = TheseTypes.Catalog(typeof(Good), ("Often", "*/10 * * * * *"), ("Where", "work"));
        var timer = Assert.Single(catalog.Timers);
        Assert.Equal(("Tick", "*/10 * * * * *", false, true), (timer.Function.Name, timer.Schedule, timer.RunOnStartup, timer.UseMonitor));
        Assert.Equal("my-work-queue", Assert.Single(catalog.Queues).Queue);
        var http = Assert.Single(catalog.Http);
        Assert.Equal(("Page", "get"), (http.Route, Assert.Single(http.Methods)));
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        var error = Assert.Throws<MonitorException>(() => TheseTypes.Catalog(typeof(Good), ("Often", "* * * * * *")));
        Assert.Contains("'Where'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_is_not_resolved_twice()
    {
        var catalog = TheseTypes.Catalog(typeof(Good), ("Often", "%Where%"), ("Where", "work"));
        Assert.Equal("%Where%", Assert.Single(catalog.Timers).Schedule);
    }

    [Theory]
    [InlineData(typeof(SameName), "another function named same")]
    [InlineData(typeof(NoTask), "must return Task")]
    [InlineData(typeof(NoTrigger), "exactly one trigger")]
    [InlineData(typeof(TwoTriggers), "exactly one trigger")]
    [InlineData(typeof(StrangeParameter), "parameter other")]
    [InlineData(typeof(TimerOfString), "parameter timer must be a TimerInfo")]
    [InlineData(typeof(HttpOfString), "parameter request must be a HttpRequest")]
    public void What_would_run_otherwise_in_the_worker_is_refused(Type type, string reason)
    {
        var error = Assert.Throws<MonitorException>(() => TheseTypes.Catalog(type));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(type.Name, error.Message, StringComparison.Ordinal);
    }

    private sealed class Good
    {
        [Function(nameof(Tick))]
        public Task Tick([TimerTrigger("%Often%")] TimerInfo timer) => Task.CompletedTask;

        [Function(nameof(Work))]
        public Task Work([QueueTrigger("my-%Where%-queue")] string message, CancellationToken cancel) => Task.CompletedTask;

        [Function(nameof(Page))]
        public Task Page([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.CompletedTask;

        public void NotOne() => throw new NotSupportedException();
    }

    private sealed class SameName
    {
        [Function("Same")]
        public Task One([QueueTrigger("q")] string message) => Task.CompletedTask;

        [Function("same")]
        public Task Two([QueueTrigger("q")] string message) => Task.CompletedTask;
    }

    private sealed class NoTask
    {
        [Function("F")]
        public void F([QueueTrigger("q")] string message)
        {
        }
    }

    private sealed class NoTrigger
    {
        [Function("F")]
        public Task F(CancellationToken cancel) => Task.CompletedTask;
    }

    private sealed class TwoTriggers
    {
        [Function("F")]
        public Task F([QueueTrigger("q")] string message, [QueueTrigger("r")] string other) => Task.CompletedTask;
    }

    private sealed class StrangeParameter
    {
        [Function("F")]
        public Task F([QueueTrigger("q")] string message, int other) => Task.CompletedTask;
    }

    private sealed class TimerOfString
    {
        [Function("F")]
        public Task F([TimerTrigger("* * * * * *")] string timer) => Task.CompletedTask;
    }

    private sealed class HttpOfString
    {
        [Function("F")]
        public Task F([HttpTrigger(AuthorizationLevel.Anonymous)] string request) => Task.CompletedTask;
    }
}
