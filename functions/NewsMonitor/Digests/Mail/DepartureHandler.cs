using System.Net;

namespace NewsMonitor.Digests.Mail;

/// <summary>
/// Tells whether a request's body was asked for, which happens only on an open connection: before that a failure certainly
/// sent nothing, after it the server may have taken the mail.
/// </summary>
internal sealed class DepartureHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile bool _begun;

    public bool Begun => _begun;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
            request.Content = new Watched(content, () => _begun = true);
        else
            _begun = true;

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class Watched : HttpContent
    {
        private readonly HttpContent _content;
        private readonly Action _begin;

        public Watched(HttpContent content, Action begin)
        {
            (_content, _begin) = (content, begin);
            foreach (var (name, values) in content.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _begin();
            return _content.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
