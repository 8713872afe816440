using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsMonitor;

/// <summary>Renders Razor components to HTML, for mails and pages alike: everything is encoded unless a component says otherwise.</summary>
public sealed class RazorHtml(ILoggerFactory logs) : IAsyncDisposable
{
    // Without an encoder of our own every Arabic letter would leave as "&#x627;", eight times its size.
    private readonly ServiceProvider _services =
        new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();

    public async Task<string> RenderAsync<TComponent>(IReadOnlyDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(_services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(new Dictionary<string, object?>(parameters)))).ToHtmlString());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
