using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly.Timeout;

namespace NewsMonitor.Http;

/// <summary>Says in one line what went wrong with a fetch and what to do about it.</summary>
internal static class FetchFaults
{
    public static FetchResult.Failed Describe(HttpStatusCode status, TimeSpan? retryAfter)
    {
        var code = (int)status;
        var meaning = code switch
        {
            204 => "no content; nothing is published at this address",
            401 => "the site asks for a password; ask it for a public feed",
            403 => "the site refuses automated readers; ask it, or read it through another feed",
            404 => "there is no feed at this address; look for its new one with `sources test`",
            406 => "the site will not send a feed to this client",
            410 => "gone (410); the site has ended this feed, remove or replace the source",
            429 => "the site asks for fewer requests",
            451 => "the site may not publish here for legal reasons",
            >= 500 => "the server failed; the next poll tries again",
            >= 400 => "the server refuses the request; check the source's address",
            _ => "an answer that is not a feed; check the source's address",
        };
        var later = retryAfter is { } wait ? string.Create(CultureInfo.InvariantCulture, $"; asks to wait {wait.TotalSeconds:0} s") : "";
        return new FetchResult.Failed($"HTTP {code}: {meaning}{later}", code, retryAfter);
    }

    public static FetchResult.Failed Describe(Exception exception, FetchOptions options)
    {
        var socket = exception.GetBaseException() as SocketException;
        var reason = exception switch
        {
            _ when exception.GetBaseException() is NotAllowedException refused => $"not allowed: {refused.Message}",
            TimeoutRejectedException => $"no answer within {options.AttemptSeconds} s, twice; the next poll tries again",
            OperationCanceledException => $"no connection within {options.ConnectSeconds} s; the server or this network is down",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                "no such host; check the address, and that this machine is online",
            HttpRequestException when socket?.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                "no such host; check the address, and that this machine is online",
            HttpRequestException when socket?.SocketErrorCode is SocketError.ConnectionRefused =>
                "connection refused; no server listens at this address",
            HttpRequestException when socket?.SocketErrorCode is SocketError.NetworkUnreachable or SocketError.HostUnreachable =>
                "the network cannot reach this host; check that this machine is online",
            _ when socket?.SocketErrorCode is SocketError.ConnectionReset => "the server cut the connection; the next poll tries again",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                exception.InnerException is AuthenticationException certificate
                    ? $"no secure connection ({SafeText.Line(certificate.Message, 120)}); the site's certificate or protocol is at fault"
                    : "no secure connection; the site's certificate or protocol is at fault",
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "the answer's headers are too long; not a usual server",
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException =>
                "the answer broke off before its end; the next poll tries again",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refuses; check Http__Proxy",
            InvalidDataException => "the body is damaged (it does not decompress); the server is at fault",
            IOException => "the connection broke; the next poll tries again",
            _ => $"the request failed: {SafeText.Line(exception.Message, 160)}",
        };
        return new FetchResult.Failed(reason);
    }
}
