using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Digests;
using NewsMonitor.Storage;
using NewsMonitor.Topics;

namespace NewsMonitor.Cli;

/// <summary><c>subscribers …</c>: who gets digests. Addresses are masked unless they are exported.</summary>
internal static class SubscribersCommand
{
    public static Command Create()
    {
        var command = new Command("subscribers", "Who gets digests.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Add());
        command.Subcommands.Add(Import());
        command.Subcommands.Add(Export());
        command.Subcommands.Add(Change("pause", "Send nothing until resumed; what was missed is told then.", SubscriberStatus.Paused));
        command.Subcommands.Add(Change("resume", "Send again.", SubscriberStatus.Active));
        command.Subcommands.Add(Remove());
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "All subscribers, addresses masked.");
        list.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            foreach (var subscriber in await services.GetRequiredService<SubscriberStore>().ListAsync(cancel))
            {
                var topics = subscriber.Topics.Count == 0 ? "all topics" : string.Join(", ", subscriber.Topics);
                var outbox = subscriber.OutboxOnly ? ", outbox only" : "";
                await Console.Out.WriteLineAsync(
                    $"{subscriber.Id}  {SafeText.Masked(subscriber.Address)}  {subscriber.Language}  {When(subscriber)}  {topics}  {subscriber.Status.Key()}{outbox}");
            }

            return ExitCode.Success;
        });
        return list;
    }

    private static Command Add()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Bare email address." };
        var wishes = new Wishes();
        var add = new Command("add", "Add one subscriber.") { address };
        wishes.AddTo(add);
        add.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var wanted = await wishes.ReadAsync(parsed, parsed.GetValue(address)!, services, cancel);
            if (!await services.GetRequiredService<SubscriberStore>().AddAsync(wanted, cancel))
                throw new MonitorException($"{SafeText.Masked(wanted.Address)} is subscribed already; remove it first to change its wishes.");
            await Console.Out.WriteLineAsync($"{SubscriberStore.IdOf(wanted.Address)}  {SafeText.Masked(wanted.Address)} added");
            return ExitCode.Success;
        });
        return add;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "UTF-8, one address a line; empty lines and lines that begin with # are skipped." };
        var wishes = new Wishes();
        var import = new Command("import", "Add many subscribers with the same wishes.") { file };
        wishes.AddTo(import);
        import.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var store = services.GetRequiredService<SubscriberStore>();
            var path = parsed.GetValue(file)!.FullName;
            var (number, added, known, bad) = (0, 0, 0, 0);
            foreach (var line in await ReadLinesAsync(path, cancel))
            {
                number++;
                if (line.Trim() is not { Length: > 0 } wanted || wanted[0] == '#')
                    continue;
                try
                {
                    if (await store.AddAsync(await wishes.ReadAsync(parsed, wanted, services, cancel), cancel))
                        added++;
                    else
                        known++;
                }
                catch (MonitorException e)
                {
                    bad++;
                    await Console.Error.WriteLineAsync($"{path}, line {number}: {e.Message}");
                }
            }

            await Console.Out.WriteLineAsync($"{added} added, {known} subscribed already, {bad} refused");
            return bad == 0 ? ExitCode.Success : ExitCode.Failure;
        });
        return import;
    }

    private static Command Export()
    {
        var export = new Command("export", "All subscribers with their addresses, one JSON object a line. Keep it safe.");
        export.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            foreach (var subscriber in await services.GetRequiredService<SubscriberStore>().ListAsync(cancel))
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(subscriber, Documents.Compact));
            return ExitCode.Success;
        });
        return export;
    }

    private static Command Change(string name, string description, SubscriberStatus status)
    {
        var who = Who();
        var change = new Command(name, description) { who };
        change.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            var changed = await services.GetRequiredService<SubscriberStore>().ChangeStatusAsync(IdOf(parsed.GetValue(who)!), status, cancel)
                ?? throw Unknown(parsed.GetValue(who)!);
            await Console.Out.WriteLineAsync($"{changed.Id}  {SafeText.Masked(changed.Address)} {status.Key()}");
            return ExitCode.Success;
        });
        return change;
    }

    private static Command Remove()
    {
        var who = Who();
        var remove = new Command("remove", "Erase the subscriber and the address.") { who };
        remove.SetAction(async (parsed, cancel) =>
        {
            await using var services = Services.For(parsed);
            if (!await services.GetRequiredService<SubscriberStore>().RemoveAsync(IdOf(parsed.GetValue(who)!), cancel))
                throw Unknown(parsed.GetValue(who)!);
            await Console.Out.WriteLineAsync("removed");
            return ExitCode.Success;
        });
        return remove;
    }

    private static Argument<string> Who() => new("SUBSCRIBER") { Description = "Address, or id as `subscribers list` prints it." };

    private static string IdOf(string who) =>
        who.Contains('@', StringComparison.Ordinal) || !BlobPath.IsValid(who) ? SubscriberStore.IdOf(who) : who;

    private static MonitorException Unknown(string who) =>
        new($"There is no subscriber '{(who.Contains('@', StringComparison.Ordinal) ? SafeText.Masked(who) : SafeText.Line(who))}'; `subscribers list` shows them.");

    private static async Task<string[]> ReadLinesAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllLinesAsync(path, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonitorException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static string When(Subscriber subscriber) => subscriber.Cadence switch
    {
        Cadence.Daily => string.Create(CultureInfo.InvariantCulture, $"daily {subscriber.At:HH:mm} {subscriber.TimeZone}"),
        Cadence.Weekly => string.Create(CultureInfo.InvariantCulture, $"weekly {subscriber.On} {subscriber.At:HH:mm} {subscriber.TimeZone}"),
        _ => subscriber.Cadence.Key(),
    };


    /// <summary>What a subscriber wants, as options.</summary>
    private sealed class Wishes
    {
        private readonly Option<string> _language = new("--language") { Description = "ar or en (default: ar).", DefaultValueFactory = _ => "ar" };
        private readonly Option<string> _zone = new("--zone") { Description = "IANA time zone (default: Asia/Baghdad).", DefaultValueFactory = _ => "Asia/Baghdad" };
        private readonly Option<Cadence> _cadence = new("--cadence") { Description = "instant, hourly, daily or weekly (default: daily).", DefaultValueFactory = _ => Cadence.Daily };
        private readonly Option<TimeOnly> _at = new("--at") { Description = "Local time of a daily or weekly digest (default: 07:00).", DefaultValueFactory = _ => new TimeOnly(7, 0) };
        private readonly Option<DayOfWeek> _on = new("--on") { Description = "Day of a weekly digest (default: Sunday).", DefaultValueFactory = _ => DayOfWeek.Sunday };
        private readonly Option<string[]> _topics = new("--topic") { Description = "Only this topic; may be repeated (default: all).", AllowMultipleArgumentsPerToken = true };
        private readonly Option<Strength> _strength = new("--strength") { Description = "possible or confirmed (default: possible): the least that is told.", DefaultValueFactory = _ => Strength.Possible };
        private readonly Option<bool> _outbox = new("--outbox-only") { Description = "Write the digests to the outbox, whatever sender is set." };

        public void AddTo(Command command)
        {
            _language.AcceptOnlyFromAmong("ar", "en");
            foreach (var option in (Option[])[_language, _zone, _cadence, _at, _on, _topics, _strength, _outbox])
                command.Options.Add(option);
        }

        public async Task<NewSubscriber> ReadAsync(ParseResult parsed, string address, IServiceProvider services, CancellationToken cancel)
        {
            var wanted = parsed.GetValue(_topics) ?? [];
            await TopicChoice.CheckAsync(wanted, services, cancel);
            return new NewSubscriber(
                address, parsed.GetValue(_language)!, parsed.GetValue(_zone)!, parsed.GetValue(_cadence), parsed.GetValue(_at), parsed.GetValue(_on),
                wanted, parsed.GetValue(_strength), parsed.GetValue(_outbox));
        }
    }
}
