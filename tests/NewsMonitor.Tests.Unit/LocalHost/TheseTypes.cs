using System.Reflection;
using Microsoft.Extensions.Configuration;
using NewsMonitor.LocalHost;

namespace NewsMonitor.Tests.Unit.LocalHost;

/// <summary>An assembly of just these types.</summary>
internal sealed class TheseTypes(params Type[] types) : Assembly
{
    public override Type[] GetTypes() => types;

    public static FunctionCatalog Catalog(Type type, params (string Key, string Value)[] settings) =>
        FunctionCatalog.Of(new TheseTypes(type), new BindingExpressions(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build()));
}
