namespace NewsMonitor.Tests.Unit.Articles.Pages;

/// <summary>Pages of home-made systems: tables, line breaks for paragraphs, tags that are never closed, one form around everything.</summary>
internal static class OldSites
{
    public static string Tables(Story s) => $"""
        <html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>صحيفة اليوم</title></head><body><form name="aspnetForm" method="post" action="x.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="AAAA">
        <table width="100%" dir="rtl"><tr><td colspan="3"><marquee direction="right">{Around.Links("", " * ", 0, 4)}</marquee></td></tr><tr><td width="15%" valign="top"><table><tr><td>{string.Join("</td></tr><tr><td>", Around.Menu.Split("</a> ").Select(a => a + "</a>"))}</td></tr></table></td>
        <td width="60%" valign="top"><table><tr><td><font size="5" color="navy"><b>{s.Title}</b></font></td></tr><tr><td><span id="ctl00_lblDate">23/11/2026</span></td></tr><tr><td><div id="ctl00_divText"><font face="Arial">{string.Join("<br><br>", s.Paragraphs)}</font></div></td></tr></table></td>
        <td width="25%" valign="top"><table><tr><td bgcolor="#ccc">أخبار أخرى</td></tr>{Around.Links("<tr><td>", "</td></tr>")}<tr><td>{Around.Teaser}</td></tr></table></td></tr></table></form></body></html>
        """;

    public static string LineBreaks(Story s) => $"""
        <html><head><meta charset="utf-8"><title>{s.Title}</title></head><body><div id="top"><div class="logo"></div><div class="links">{Around.Menu}</div></div>
        <div style="width:70%;float:right"><div style="font-size:20px">{s.Title}</div><div>الاثنين 23-11-2026 | مشاهدات: 1520</div><div style="line-height:28px">{string.Join("<br>\n", s.Paragraphs)}<br><br><a href="/c">{Around.Headlines[4]}</a><br></div><div class="addthis_inline_share_toolbox">{Around.Share}</div></div>
        <div style="width:30%;float:left"><b>اخر الاخبار</b><br>{Around.Links("", "<br>")}</div><div class="copyright">جميع الحقوق محفوظة</div></body></html>
        """;

    public static string Unclosed(Story s) => $"""
        <html><head><meta charset=utf-8><title>{s.Title}</title><body dir=rtl><div class=menu>{Around.Menu}</div><div class=page><h1>{s.Title}</h1><div class=details>{s.In("<p>", "\n")}<p>شاهد أيضا: <a href=/v>{Around.Headlines[0]}</div>
        <div class=others><h3>أخبار ذات صلة</h3><ul>{Around.Links("<li>", "")}</ul></div><div class=foot>هاتف: 0100 بريد: a@site.example</div>
        """;

    public static string Bootstrap(Story s) => $"""
        <html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.Title} | صدى</title></head><body><nav class="navbar navbar-expand-lg"><ul class="navbar-nav"><li>{Around.Menu}</li></ul></nav><div class="container"><div class="row"><div class="col-md-8"><div class="card"><div class="card-body"><h2 class="card-title">{s.Title}</h2><p class="text-muted small">2026/11/23 - 11:30</p><img class="img-fluid" src="n.jpg">
        <div class="news-details">{string.Concat(s.Paragraphs.Select(p => $"<div dir=\"auto\">{p}</div><div dir=\"auto\">&nbsp;</div>"))}</div><hr><div class="d-flex tags">{Around.Links("<span class=\"badge\">", "</span>", 0, 2)}</div></div></div>
        <div class="card mt-4"><div class="card-header">اخبار متعلقة</div><div class="card-body"><div class="row">{Around.Links("<div class=\"col-6\">", $"<p>{Around.Teaser}</p></div>", 0, 4)}</div></div></div><div class="fb-comments"></div></div>
        <div class="col-md-4"><div class="card"><div class="card-header">الأكثر مشاهدة</div><ul class="list-group">{Around.Links("<li class=\"list-group-item\">", "</li>")}</ul></div><div class="card"><div class="card-header">كاريكاتير</div><p>{Around.Teaser}</p></div></div></div></div></body></html>
        """;

    /// <summary>Comments that are longer than the article.</summary>
    public static string Commented(Story s) => $"""
        <html dir="rtl"><head><meta charset="utf-8"><title>{s.Title}</title></head><body><div class="wrap"><div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{s.Title}</h1><div itemprop="articleBody">{s.In("<p>", "</p>")}</div></div>
        <div class="reader-opinions"><h3>التعليقات (6)</h3>{string.Concat(Enumerable.Range(1, 6).Select(i => $"<div class=\"op\"><b>قارئ {i}</b><p>{Around.Comment}</p><p>{Around.Teaser}</p></div>"))}</div><div id="disqus_thread"></div></div></body></html>
        """;

    public static string Figures(Story s) => $"""
        <html dir="rtl"><head><meta charset="utf-8"><title>{s.Title}</title></head><body><header><div class="main-menu">{Around.Menu}</div></header><section class="content"><article><h1>{s.Title}</h1><p>{s.Paragraphs[0]}</p>
        <div class="paragraph">{string.Concat(s.Paragraphs.Skip(1).Select(p => $"<section><p>{p}</p></section><div class=\"ad-slot\" id=\"div-gpt-ad-1\">إعلان</div>"))}</div></article><section class="mt-5"><h2>اخترنا لك</h2><div class="grid">{Around.Links("<div class=\"g\">", "</div>")}</div></section></section><footer>{Around.Menu}<p>العنوان: شارع الجمهورية، عمارة 12، الطابق الثالث، صندوق بريد 1021 وهاتف 0100</p></footer></body></html>
        """;

    /// <summary>Wrapped in more elements than any browser shows.</summary>
    public static string Wrapped(Story s) => $"""
        <html dir="rtl"><head><meta charset="utf-8"><title>{s.Title}</title></head><body>{string.Concat(Enumerable.Repeat("<div><section>", 400))}<h1>{s.Title}</h1>{s.In("<p><b><i><u>", "</p>")}{string.Concat(Enumerable.Repeat("</section></div>", 400))}<ul class="related">{Around.Links("<li>", "</li>")}</ul></body></html>
        """;
}
