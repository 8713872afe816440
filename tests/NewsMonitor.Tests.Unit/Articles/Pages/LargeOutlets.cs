using System.Text.Json;

namespace NewsMonitor.Tests.Unit.Articles.Pages;

/// <summary>Pages as large outlets make them with systems of their own: class names that say nothing, structured data, boxes within the text.</summary>
internal static class LargeOutlets
{
    public static string Channel(Story s) => $"""
        <!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.Title} | أخبار | القناة</title><meta property="og:title" content="{s.Title}"></head><body><div id="root"><div class="site-wrapper">
        <a href="#main-content-area" class="skip-link">تخطي الروابط</a><div class="news-ticker-wrapper" role="region" aria-label="عاجل">{Around.Links("<p>", "</p>", 1, 2)}</div><header class="site-header"><nav class="site-header__navigation">{Around.Menu}</nav></header>
        <main id="main-content-area"><div class="l-col l-col--8"><header class="article-header"><div class="breadcrumbs"><a href="/n">أخبار</a></div><h1>{s.Title}</h1></header><figure class="article-featured-image"><img src="a.jpg"><figcaption>صورة من أرشيف الوكالة</figcaption></figure>
        <div class="article-info-block css-ti04u9"><div class="date-simple"><span class="screen-reader-text">نشر في 23/11/2026</span><span aria-hidden="true">23/11/2026</span></div></div>
        <div class="wysiwyg wysiwyg--all-content css-1ck9wyi" aria-live="polite">{string.Concat(s.Paragraphs.Select((p, i) => $"<p>{p}</p>" + (i == 1 ? $"<div class=\"more-on\"><h2 class=\"more-on__heading\">اقرأ أيضا</h2><span class=\"screen-reader-text\">list of 2 items</span><ul class=\"more-on__list\">{Around.Links("<li>", "</li>", 0, 2)}</ul><span class=\"screen-reader-text\">end of list</span></div>" : "")))}</div>
        <div class="article-source">المصدر: القناة</div></div><div class="l-col l-col--4"><aside><div class="trending-articles"><h2>الأكثر قراءة</h2><ol>{Around.Links("<li>", "</li>")}</ol></div></aside></div></main></div></div></body></html>
        """;

    public static string Broadcaster(Story s) => $"""
        <html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.Title} - إذاعة عربي</title></head><body><div class="css-1x9"><div class="css-2a"><nav role="navigation"><ul><li>{Around.Menu}</li></ul></nav></div><main role="main" class="bbc-fa0wmp"><div class="css-k2"><h1 id="content" class="css-h1">{s.Title}</h1></div>
        {string.Concat(s.Paragraphs.Select((p, i) => $"<div dir=\"rtl\" class=\"css-19hdy7\"><p class=\"css-17zc9t{i}\" dir=\"rtl\">{p}</p></div>" + (i == 1 ? $"<section data-component=\"related\" role=\"region\" aria-label=\"قصص مقترحة\" class=\"css-9b\"><a href=\"#end\">تخطى قصص مقترحة وواصل القراءة</a><strong>قصص مقترحة</strong><ul>{Around.Links("<li>", "</li>", 0, 4)}</ul><p id=\"end\">نهاية قصص مقترحة</p></section>" : "")))}
        <section class="css-tags"><h2>مواضيع ذات صلة</h2><ul>{Around.Links("<li>", "</li>", 2, 2)}</ul></section></main>
        <div class="css-side"><section aria-labelledby="top"><h2>القصة الرئيسية</h2>{Around.Links("<h3>", $"</h3><p>{Around.Teaser}</p>", 0, 3)}</section><section><h2>الأكثر مشاهدة</h2>{Around.List("css-l")}</section></div></div></body></html>
        """;

    public static string Agency(Story s) => $"""
        <html><head><meta charset="utf-8"><title>{s.Title} - الوكالة أونلاين</title><meta property="og:title" content="{s.Title}" /></head><body class="lang-ar"><div class="layout"><div class="layout__breaking breaking-news js-breaking"><a href="/b">{Around.Headlines[1]}</a></div><div class="layout__wrapper"><div class="layout__content"><div class="article article_article-page">
        <h1 class="article__heading">{s.Title}</h1><div class="article__summary">{s.Paragraphs[0]}</div><div class="article__text text">{string.Concat(s.Paragraphs.Skip(1).Select((p, i) => $"<p>{p}</p>" + (i == 0 ? $"<div class=\"read-more-big\"><a class=\"link\" href=\"/z\"><img src=\"q.jpg\"> {Around.Headlines[2]}</a></div><p><strong>إقرأ المزيد: </strong><a href=\"/y\">{Around.Headlines[3]}</a></p>" : "")))}
        <p>المصدر: الوكالة + وكالات</p></div><div class="article__share">{Around.Share}</div><div class="news-tags">{Around.Links("", "", 0, 2)}</div></div>
        <div class="columns__trends"><h3>الأكثر قراءة خلال الأسبوع</h3>{Around.List("trends")}</div></div></div></div></body></html>
        """;

    /// <summary>Class names that a machine made, the text in structured data too.</summary>
    public static string Application(Story s) => $"""
        <!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{s.Title}</title>
        <script type="application/ld+json">{JsonSerializer.Serialize(new { context = "https://schema.org", type = "x" })}</script>
        <script type="application/ld+json">{Data(s)}</script></head><body><div id="__next"><div class="sc-a1"><div class="sc-b2">{Around.Menu}</div><div class="sc-c3"><div class="sc-d4">{s.Title}</div><div class="sc-e5">{string.Concat(s.Paragraphs.Select((p, i) => $"<div class=\"sc-p\"><span>{p}</span></div>" + (i == 0 ? $"<div class=\"sc-card\"><div>{Around.Headlines[0]}</div><div>{Around.Teaser}</div></div>" : "")))}</div></div>
        <div class="sc-f6"><div class="sc-card"><div>{Around.Headlines[1]}</div><div>{Around.Teaser}</div></div><div class="sc-card"><div>{Around.Headlines[2]}</div><div>{Around.Teaser}</div></div></div></div></div><script id="__NEXT_DATA__" type="application/json">{Data(s)}</script></body></html>
        """;

    public static string LiveBlog(Story s) => $"""
        <html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>تغطية مباشرة: {s.Title}</title><script type="application/ld+json">{Live(s)}</script></head><body><nav>{Around.Menu}</nav><main><h1>تغطية مباشرة: {s.Title}</h1>
        <div class="liveblog">{string.Concat(s.Paragraphs.Select((p, i) => $"<div class=\"entry\" id=\"e{i}\"><time datetime=\"2026-11-23T1{i}:00:00+03:00\">1{i}:00</time><div class=\"entry-text\"><p>{p}</p></div><div class=\"share\">{Around.Share}</div></div>"))}</div></main><aside>{Around.List("side")}</aside></body></html>
        """;

    /// <summary>The rest of the article is there, and shown on a click.</summary>
    public static string Folded(Story s) => $"""
        <html dir="rtl"><head><meta charset="utf-8"><title>{s.Title}</title></head><body><div class="navbar">{Around.Menu}</div><div class="container"><div class="news-page"><h1>{s.Title}</h1><div class="intro"><p>{s.Paragraphs[0]}</p></div><div id="more" style="display: none">{string.Concat(s.Paragraphs.Skip(1).Select(p => $"<p>{p}</p>"))}</div><button onclick="show()">متابعة القراءة</button></div>
        <div class="most-read"><h4>الأكثر قراءة</h4>{Around.List("a")}</div></div><div id="newsletter-modal" style="display:none"><p>{Around.Teaser}</p></div></body></html>
        """;

    private static string Data(Story s) =>
        "{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":" + JsonSerializer.Serialize(s.Title) + ",\"datePublished\":\"2026-11-23T08:30:00+03:00\",\"articleBody\":" + JsonSerializer.Serialize(string.Join(' ', s.Paragraphs)) + "}";

    private static string Live(Story s) =>
        "{\"@context\":\"https://schema.org\",\"@type\":\"LiveBlogPosting\",\"headline\":" + JsonSerializer.Serialize("تغطية مباشرة: " + s.Title) + ",\"liveBlogUpdate\":["
        + string.Join(',', s.Paragraphs.Select(p => "{\"@type\":\"BlogPosting\",\"articleBody\":" + JsonSerializer.Serialize($"<p>{p}</p>") + "}")) + "]}";
}
