using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace NewsMonitor.LocalHost;

/// <summary>A function as its attributes declare it.</summary>
internal sealed record FunctionEntry(string Name, MethodInfo Method, ParameterInfo Trigger)
{
    public Type ClassType => Method.DeclaringType!;

    /// <summary>Makes the class from the scope's services, calls the method and awaits it.</summary>
    public async Task InvokeAsync(IServiceProvider scope, object trigger, CancellationToken cancel)
    {
        var instance = ActivatorUtilities.CreateInstance(scope, ClassType);
        var arguments = Method.GetParameters()
            .Select(p => p == Trigger ? trigger : (object)cancel)
            .ToArray();
        await (Task)Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}

internal sealed record TimerFunction(FunctionEntry Function, string Schedule, bool RunOnStartup, bool UseMonitor);

internal sealed record QueueFunction(FunctionEntry Function, string Queue);

internal sealed record HttpFunction(FunctionEntry Function, string Route, IReadOnlyList<string> Methods);

/// <summary>Finds the functions of an assembly, and refuses what this host would run differently from the worker.</summary>
internal sealed record FunctionCatalog(
    IReadOnlyList<TimerFunction> Timers, IReadOnlyList<QueueFunction> Queues, IReadOnlyList<HttpFunction> Http)
{
    public static FunctionCatalog Of(Assembly assembly, BindingExpressions settings)
    {
        var timers = new List<TimerFunction>();
        var queues = new List<QueueFunction>();
        var http = new List<HttpFunction>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
                continue;
            if (!names.Add(function.Name))
                throw Wrong(method, $"there is another function named {function.Name}");
            if (!method.ReturnType.IsAssignableTo(typeof(Task)))
                throw Wrong(method, "it must return Task");

            var entry = new FunctionEntry(function.Name, method, TriggerOf(method));
            switch (entry.Trigger.GetCustomAttributes().FirstOrDefault(IsTrigger))
            {
                case TimerTriggerAttribute timer:
                    Require(entry, typeof(TimerInfo));
                    timers.Add(new TimerFunction(entry, settings.Resolve(timer.Schedule), timer.RunOnStartup, timer.UseMonitor));
                    break;
                case QueueTriggerAttribute queue:
                    queues.Add(new QueueFunction(entry, settings.Resolve(queue.QueueName)));
                    break;
                case HttpTriggerAttribute route:
                    Require(entry, typeof(HttpRequest));
                    http.Add(new HttpFunction(entry, route.Route ?? function.Name, route.Methods));
                    break;
            }
        }

        return new FunctionCatalog(timers, queues, http);
    }

    private static ParameterInfo TriggerOf(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var triggers = parameters.Where(p => p.GetCustomAttributes().Any(IsTrigger)).ToList();
        if (triggers is not [var trigger])
            throw Wrong(method, "it must have exactly one trigger");
        var other = parameters.FirstOrDefault(p => p != trigger && p.ParameterType != typeof(CancellationToken));
        return other is null ? trigger : throw Wrong(method, $"parameter {other.Name} can be nothing but the trigger or a CancellationToken");
    }

    private static bool IsTrigger(Attribute attribute) => attribute is TimerTriggerAttribute or QueueTriggerAttribute or HttpTriggerAttribute;

    private static void Require(FunctionEntry entry, Type type)
    {
        if (entry.Trigger.ParameterType != type)
            throw Wrong(entry.Method, $"parameter {entry.Trigger.Name} must be a {type.Name}");
    }

    private static MonitorException Wrong(MethodInfo method, string why) =>
        new($"Function {method.DeclaringType!.FullName}.{method.Name} cannot be run: {why}.");
}
