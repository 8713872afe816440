using Microsoft.AspNetCore.Http;
using NewsMonitor.Digests;
using NewsMonitor.Pages.Html;

namespace NewsMonitor.Pages;

/// <summary>One page that asks, and the POST that unsubscribes. Says nothing about addresses, to anybody.</summary>
internal static class UnsubscribePage
{
    public static async Task<IResult> AskAsync(string id, string token, SubscriberStore subscribers, RazorHtml razor, CancellationToken cancel) =>
        await subscribers.IsTokenAsync(id, token, cancel)
            ? await PageAsync(razor, words => words.UnsubscribeAsk, asks: true)
            : await UnknownAsync(razor);

    public static async Task<IResult> UnsubscribeAsync(
        string id, string token, SubscriberStore subscribers, RazorHtml razor, CancellationToken cancel) =>
        await subscribers.UnsubscribeAsync(id, token, cancel)
            ? await PageAsync(razor, words => words.UnsubscribeDone, asks: false)
            : await UnknownAsync(razor);

    private static Task<IResult> UnknownAsync(RazorHtml razor) =>
        PageAsync(razor, words => words.UnsubscribeUnknown, asks: false, StatusCodes.Status404NotFound);

    private static async Task<IResult> PageAsync(RazorHtml razor, Func<PageWords, string> text, bool asks, int status = StatusCodes.Status200OK)
    {
        var html = await razor.RenderAsync<UnsubscribeDocument>(new Dictionary<string, object?>
        {
            [nameof(UnsubscribeDocument.Text)] = text,
            [nameof(UnsubscribeDocument.Asks)] = asks,
        });
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
