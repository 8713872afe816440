namespace NewsMonitor.Topics;

/// <summary>A topic: what it is called, and the rules that find it.</summary>
/// <param name="TitleAr">What Arabic readers call it.</param>
/// <param name="TitleEn">What English readers call it.</param>
public sealed record Topic(string Id, string TitleAr, string TitleEn)
{
    /// <param name="language">"ar" or "en".</param>
    public string TitleIn(string language) => language == "ar" ? TitleAr : TitleEn;
}
