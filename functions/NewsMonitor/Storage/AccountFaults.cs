using System.Text.RegularExpressions;
using System.Xml;
using Azure;
using Azure.Identity;

namespace NewsMonitor.Storage;

/// <summary>What the failures of a storage account mean to people, and what to do about them; no secret is repeated.</summary>
internal static partial class AccountFaults
{
    private const string Roles =
        "Give the identity the roles Storage Blob Data Owner and Storage Queue Data Contributor on the account, or check the key or signature in the connection string.";

    /// <summary>Null when the failure is none of the account's. What is left of the client's retries: the last one tells most.</summary>
    public static string? Why(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Why(last),
        RequestFailedException { Status: 0 } or HttpRequestException or IOException =>
            $"the storage account cannot be reached: {Line(failure)} Check --storage and the network.",
        RequestFailedException refused =>
            $"the storage account {(refused.Status < 500 ? "refused" : "failed")} (HTTP {refused.Status}{(refused.ErrorCode is { } code ? $", {SafeText.Line(code, 80)}" : "")}): "
            + $"{Line(refused)} {WhatToDo(refused.Status, refused.ErrorCode)}",
        AuthenticationFailedException => $"there is no identity for the storage account: {Line(failure)} Sign in, or set up the managed identity.",
        // Nobody asked for it: the client's own time-out.
        OperationCanceledException => "the storage account did not answer in time. Check the network; the monitor tries again.",
        XmlException or FormatException => "what answered is not a storage account. Check --storage and any proxy in between.",
        _ => null,
    };

    /// <summary>One line, with what could be a key or a signature left out.</summary>
    public static string Line(Exception e) => Line(e.Message.Split('\n')[0]);

    private static string Line(string text)
    {
        var line = SafeText.Line(Secrets().Replace(text, "$1=…"), 300);
        return line.EndsWith('.') ? line : $"{line}.";
    }

    private static string WhatToDo(int status, string? code) => (status, code) switch
    {
        (_, "ContainerNotFound" or "QueueNotFound") => "Somebody deleted it; it is made again at the next use.",
        (_, "ContainerBeingDeleted" or "QueueBeingDeleted") => "It can be made again some minutes after it was deleted.",
        (_, "LeaseIdMissing") => "Somebody holds a lease on it: break the lease.",
        (_, "BlobImmutableDueToPolicy" or "BlobArchived" or "BlobBeingRehydrated" or "SnapshotsPresent") => "Lift what protects it.",
        (_, "AuthorizationFailure" or "IpAuthorizationError" or "PublicAccessNotPermitted") => $"The account's network rules may keep the monitor out. {Roles}",
        (_, "AccountIsDisabled" or "InsufficientAccountPermissions") => "See to the account in the portal.",
        (401 or 403, _) => Roles,
        (404, _) => "Check that --storage names the account that is meant.",
        (429 or >= 500, _) => "The monitor tries again; if it lasts, see the account's service health and limits.",
        _ => "The monitor tries again at the next use.",
    };

    [GeneratedRegex("""(sig|AccountKey|SharedAccessSignature)=[^&;\s'"]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
