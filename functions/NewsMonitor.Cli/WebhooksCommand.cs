using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Hits;
using NewsMonitor.Hits.Index;
using NewsMonitor.Storage;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Cli;

/// <summary><c>webhooks …</c>: other programs that are told of each hit.</summary>
internal static class WebhooksCommand
{
    public static Command Create()
    {
        var command = new Command("webhooks", "Other programs that are told of each hit.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Add());
        command.Subcommands.Add(Test());
        command.Subcommands.Add(Change("pause", "Deliver nothing until resumed; hits found meanwhile are not delivered later.", EndpointStatus.Paused));
        command.Subcommands.Add(Change("resume", "Deliver again.", EndpointStatus.Active));
        command.Subcommands.Add(Remove());
        return command;
    }

    private static Command List()
    {
        var json = CommonOptions.Json();
        var list = new Command("list", "All endpoints, without their secrets.") { json };
        list.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            foreach (var endpoint in await services.GetRequiredService<EndpointStore>().ListAsync(cancel))
            {
                var topics = endpoint.Topics.Count == 0 ? "all topics" : string.Join(", ", endpoint.Topics);
                await Console.Out.WriteLineAsync(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(new { endpoint.Id, endpoint.Url, endpoint.Topics, endpoint.Status, endpoint.Note, endpoint.Added }, Documents.Compact)
                    : $"{endpoint.Id}  {SafeText.Line(endpoint.Url)}  {topics}  {endpoint.Status.Key()}  {SafeText.Line(endpoint.Note)}".TrimEnd());
            }

            return ExitCode.Success;
        });
        return list;
    }

    private static Command Add()
    {
        var url = new Argument<string>("URL") { Description = "Where events are posted." };
        var topics = new Option<string[]>("--topic") { Description = "Only this topic; may be repeated (default: all).", AllowMultipleArgumentsPerToken = true };
        var note = new Option<string?>("--note") { Description = "Whatever you want to remember of it." };
        var json = CommonOptions.Json();
        var add = new Command("add", "Add an endpoint; prints its secret, this once.") { url, topics, note, json };
        add.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var wanted = parsed.GetValue(topics) ?? [];
            await TopicChoice.CheckAsync(wanted, services, cancel);
            var endpoint = await services.GetRequiredService<EndpointStore>()
                .AddAsync(parsed.GetValue(url)!, wanted, parsed.GetValue(note), cancel);
            await Console.Out.WriteLineAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { endpoint.Id, endpoint.Url, endpoint.Secret }, Documents.Compact)
                : $"{endpoint.Id}  {SafeText.Line(endpoint.Url)}\nsecret: {endpoint.Secret}");
            return ExitCode.Success;
        });
        return add;
    }

    private static Command Test()
    {
        var id = Id();
        var test = new Command("test", "Post the latest stored hit to the endpoint now, with a webhook-id that begins with test-.") { id };
        test.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var endpoint = await services.GetRequiredService<EndpointStore>().ReadAsync(Checked(parsed.GetValue(id)!), cancel)
                ?? throw Unknown(parsed.GetValue(id)!);
            var hits = services.GetRequiredService<HitStore>();
            var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var latest = await services.GetRequiredService<HitIndex>().FindAsync(new HitQuery(today.AddDays(-30), today.AddDays(1)) { Size = 1 }, cancel);
            if (latest.Rows is not [var row])
                throw new MonitorException("There is no hit of the last 30 days to send; `run --once` polls the sources first.");
            var hit = await hits.ReadAsync(row.Path, cancel) ?? throw new MonitorException($"{row.Path} vanished.");
            var answer = await services.GetRequiredService<WebhookSender>().SendAsync(endpoint, hit, $"test-{Guid.NewGuid():n}", cancel);
            await Console.Out.WriteLineAsync($"{answer.Detail} after {answer.Took.TotalMilliseconds:f0} ms");
            return answer.IsSuccess ? ExitCode.Success : throw new MonitorException($"{SafeText.Line(endpoint.Url)} did not accept the event: {answer.Detail}.");
        });
        return test;
    }

    private static Command Change(string name, string description, EndpointStatus status)
    {
        var id = Id();
        var change = new Command(name, description) { id };
        change.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var changed = await services.GetRequiredService<EndpointStore>()
                .ChangeAsync(Checked(parsed.GetValue(id)!), endpoint => endpoint with { Status = status }, cancel) ?? throw Unknown(parsed.GetValue(id)!);
            await Console.Out.WriteLineAsync($"{changed.Id}  {SafeText.Line(changed.Url)} {status.Key()}");
            return ExitCode.Success;
        });
        return change;
    }

    private static Command Remove()
    {
        var id = Id();
        var remove = new Command("remove", "Forget the endpoint and its secret.") { id };
        remove.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            if (!await services.GetRequiredService<EndpointStore>().RemoveAsync(Checked(parsed.GetValue(id)!), cancel))
                throw Unknown(parsed.GetValue(id)!);
            await Console.Out.WriteLineAsync("removed");
            return ExitCode.Success;
        });
        return remove;
    }

    private static Argument<string> Id() => new("ID") { Description = "As `webhooks list` prints it." };

    private static string Checked(string id) => BlobPath.IsValid(id) ? id : throw Unknown(id);

    private static MonitorException Unknown(string id) => new($"There is no webhook '{SafeText.Line(id)}'; `webhooks list` shows them.");

}
