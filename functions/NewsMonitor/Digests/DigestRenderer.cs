using NewsMonitor.Digests.Html;

namespace NewsMonitor.Digests;

/// <summary>Turns a digest into a subject, an HTML part and a text part that say the same. Safe to share and to call in parallel.</summary>
public sealed class DigestRenderer(RazorHtml razor)
{
    public async Task<RenderedDigest> RenderAsync(Digest digest)
    {
        var view = DigestLayout.Arrange(digest);
        var subject = DigestSubject.Write(view);
        var html = await razor.RenderAsync<DigestMail>(new Dictionary<string, object?>
        {
            [nameof(DigestMail.View)] = view,
            [nameof(DigestMail.Subject)] = subject,
        });
        return new(subject, html, DigestText.Write(view));
    }
}
