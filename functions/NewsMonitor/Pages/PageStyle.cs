namespace NewsMonitor.Pages;

/// <summary>The style sheet, carried in the assembly so that no host needs to know where files lie.</summary>
internal static class PageStyle
{
    public static string Css { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(typeof(PageStyle).Assembly.GetManifestResourceStream("page.css")!);
        return reader.ReadToEnd();
    }
}
