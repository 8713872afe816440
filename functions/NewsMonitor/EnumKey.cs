namespace NewsMonitor;

public static class EnumKey
{
    /// <summary>A value as files and commands write it: in small letters.</summary>
    public static string Key<T>(this T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
