using Microsoft.Extensions.Logging;

namespace NewsMonitor;

/// <summary>Something worth telling people; each stage declares its own.</summary>
public abstract record Happening
{
    /// <summary>True for what somebody may have to do something about.</summary>
    public virtual bool IsTrouble => false;
}

/// <summary>Where the stages tell what happened: the log keeps it, and whoever prints or counts it subscribes.</summary>
public sealed class Journal(ILogger<Journal> logger)
{
    public event Action<Happening>? Written;

    public void Write(Happening happening)
    {
        logger.Log(happening.IsTrouble ? LogLevel.Warning : LogLevel.Information, "{Happening}", happening);
        Written?.Invoke(happening);
    }
}
