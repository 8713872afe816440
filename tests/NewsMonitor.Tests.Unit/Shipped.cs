namespace NewsMonitor.Tests.Unit;

/// <summary>The files that ship with the library, as they lie beside it.</summary>
internal static class Shipped
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Shipped", name);

    public static BinaryData Read(string name) => BinaryData.FromBytes(File.ReadAllBytes(Path(name)));
}
