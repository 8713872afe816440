namespace NewsMonitor.Tests.Unit.Articles.Pages;

/// <summary>Pages as the publishing systems make them that most Arabic sites use.</summary>
internal static class CommonSystems
{
    public static string WordPress(Story s) => $"""
        <!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8"><title>{s.Title} - شبكة الخبر</title>
        <meta property="og:title" content="{s.Title}"><meta property="article:published_time" content="2026-11-23T08:30:00+00:00">
        <link rel="canonical" href="https://site.example/{s.Slug}/"><style>.a &gt; b</style></head>
        <body class="rtl post-template-default single single-post has-sidebar comments-open related-posts-on">
        <a class="skip-link screen-reader-text" href="#content">تخط إلى المحتوى</a>
        <header id="masthead" class="site-header"><h2 class="site-title"><a href="/">شبكة الخبر</a></h2><nav id="site-navigation"><ul class="menu"><li>{Around.Menu}</li></ul></nav></header>
        <div class="breaking-news"><span>عاجل</span><div class="ticker">{Around.Links("<p>", "</p>", 0, 3)}</div></div>
        <div id="page"><main id="primary"><article id="post-120" class="post-120 post type-post status-publish format-standard has-post-thumbnail hentry category-news tag-iraq">
        <header class="entry-header"><h1 class="entry-title">{s.Title}</h1><div class="entry-meta"><time class="entry-date published" datetime="2026-11-23T08:30:00+00:00">23 نوفمبر 2026</time> <span class="author">كتب: المحرر</span></div></header>
        <div class="entry-content">{s.In("<p>", "</p>\n")}
        <div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">شارك هذا الموضوع:</h3>{Around.Share}</div>
        <div id="jp-relatedposts" class="jp-relatedposts"><h3>مرتبط</h3>{Around.Links("<p>", "</p>")}</div></div>
        <footer class="entry-footer"><span class="tags-links">وسوم: <a href="/tag/1">الحوار الاستراتيجي</a>، <a href="/tag/2">القوات الأميركية</a></span></footer></article>
        <div id="comments" class="comments-area"><h2>تعليقان</h2><ol class="comment-list"><li class="comment"><p>{Around.Comment}</p></li><li class="comment"><p>{Around.Comment} وأزيد أن الناس تعبت.</p></li></ol><div id="respond"><h3>اترك تعليقاً</h3><form><textarea>نص</textarea></form></div></div></main>
        <aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>أحدث المقالات</h2>{Around.List("x")}</section><section class="widget"><p>{Around.Teaser}</p></section></aside></div>
        <footer class="site-footer"><p>جميع الحقوق محفوظة لشبكة الخبر، ولا يجوز النقل من دون إذن مكتوب من الإدارة.</p></footer>
        <div id="cookie-notice">{Around.Cookies}</div></body></html>
        """;

    /// <summary>Related articles between the paragraphs.</summary>
    public static string NewspaperTheme(Story s) => $"""
        <html lang="ar"><head><meta charset="utf-8"><title>{s.Title} | الجريدة</title></head><body class="single td-animation-stack">
        <div class="td-header-menu-wrap"><div class="td-trending-now-wrapper"><div class="td-trending-now-title">الأكثر تداولا</div>{Around.Links("<article>", "</article>", 0, 4)}</div>{Around.Menu}</div>
        <div class="td-main-content-wrap"><div class="td-pb-row"><div class="td-pb-span8 td-main-content"><article class="post hentry" itemscope itemtype="https://schema.org/Article">
        <div class="td-post-header"><header><h1 class="entry-title">{s.Title}</h1></header></div>
        <div class="td-post-content tagdiv-type"><p>{s.Paragraphs[0]}</p><div class="td-a-rec td-a-rec-id-content_inline"><span class="td-adspot-title">- إعلان -</span></div>
        <p><strong>اقرأ أيضاً: <a href="/1">{Around.Headlines[1]}</a></strong></p>{string.Concat(s.Paragraphs.Skip(1).Select(p => $"<p>{p}</p>"))}
        <blockquote class="wp-embedded-content"><p><a href="/2">{Around.Headlines[0]}</a></p></blockquote></div>
        <footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>الوسوم</span></li><li><a href="/t">القوات الأميركية</a></li></ul></div><div class="td-block-row td-post-next-prev"><span>المقال السابق</span><a href="/p">{Around.Headlines[3]}</a></div></footer></article>
        <div class="td_block_wrap td_block_related_posts"><h4>مقالات ذات صلة</h4><div class="td_module_wrap"><h3><a href="/r">{Around.Headlines[2]}</a></h3><div class="td-excerpt">{Around.Teaser}</div></div></div></div>
        <div class="td-pb-span4 td-main-sidebar"><div class="td_block_wrap"><h4>أهم الأخبار</h4><div class="td-excerpt">{Around.Teaser}</div>{Around.Links("<h3>", "</h3>")}</div></div></div></div></body></html>
        """;

    public static string Jannah(Story s) => $"""
        <html lang="ar" dir="rtl"><head><title>{s.Title}</title><meta charset="utf-8"></head><body id="tie-body" class="has-builder">
        <div class="breaking"><span class="breaking-title">آخر الأخبار</span><ul id="breaking-news-in-header">{Around.Links("<li>", "</li>")}</ul></div>
        <div id="content"><div class="main-content"><article id="the-post" class="container-wrapper post-content tie-standard"><header class="entry-header-outer"><nav id="breadcrumb"><a href="/">الرئيسية</a>/<a href="/c">أخبار</a></nav><h1 class="post-title entry-title">{s.Title}</h1><div id="single-post-meta" class="post-meta"><span>دقيقتان</span></div></header>
        <div class="entry-content entry clearfix">{string.Concat(s.Paragraphs.Select((p, i) => $"<p style=\"text-align: right;\"><span style=\"font-size: 18pt;\">{p}</span></p>" + (i == 0 ? $"<div id=\"inline-related-post\" class=\"mag-box mag-box-inline\"><h3>مقالات ذات صلة</h3>{Around.List("posts-items")}</div>" : "")))}
        <p>تابعوا أهم الأخبار على <a href="https://t.me/x">قناتنا في تلغرام</a></p></div>
        <div class="post-shortlink"><input value="https://site.example/?p=5"></div><div id="share-buttons-bottom" class="share-buttons">{Around.Share}</div></article>
        <div id="related-posts" class="container-wrapper"><h3>مقالات ذات صلة</h3>{Around.Links("<div class=\"related-item\">", "</div>")}</div><div id="check-also-box"><h3>شاهد أيضاً</h3><div class="post-details"><a href="/x">{Around.Headlines[0]}</a><p>{Around.Teaser}</p></div></div></div></div></body></html>
        """;

    public static string Drupal(Story s) => $"""
        <!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{s.Title} | وكالة</title><link rel="shortlink" href="/node/77"></head><body class="path-node page-node-type-article">
        <div class="region region-header"><div id="block-mainmenu" role="navigation"><ul class="menu"><li>{Around.Menu}</li></ul></div></div><main role="main"><div class="layout-content"><div class="region region-content">
        <article role="article" class="node node--type-article node--view-mode-full"><div class="node__content clearfix"><div class="field field--name-field-image field--type-image"><img src="x.jpg" alt=""></div>
        <div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{s.In("<p>", "</p>")}</div>
        <div class="field field--name-field-tags field--type-entity-reference"><div class="field__label">الكلمات المفتاحية</div><div class="field__items">{Around.Links("<div class=\"field__item\">", "</div>")}</div></div></div></article>
        <div class="views-element-container block block-views-blockrelated-block-1"><h2>مواضيع ذات صلة</h2><div class="view-content">{Around.Links("<div class=\"views-row\"><span>", $"</span><p>{Around.Teaser}</p></div>", 0, 3)}</div></div></div></div>
        <aside class="layout-sidebar-second"><div class="block"><h2>الأكثر قراءة</h2>{Around.List("list")}</div></aside></main><footer role="contentinfo"><p>وكالة أنباء مستقلة تأسست قبل عشرين عاماً، وتصدر من العاصمة بلغتين.</p></footer></body></html>
        """;

    public static string Blogger(Story s) => $"""
        <html dir="rtl"><head><title>مدونة الأخبار: {s.Title}</title><meta charset="utf-8"></head><body><div class="header section"><h1><a href="/">مدونة الأخبار</a></h1></div><div class="tabs section"><ul><li>{Around.Menu}</li></ul></div>
        <div class="main section" id="main"><div class="widget Blog"><div class="blog-posts hfeed"><div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title">{s.Title}</h3><div class="post-body entry-content" id="post-body-5" dir="rtl">
        <div style="text-align: right;">{string.Join("<br /><br />\n", s.Paragraphs)}</div></div><div class="post-footer"><div class="post-share-buttons">{Around.Share}</div><span class="post-labels">التسميات: <a href="/l">القوات الأميركية</a></span></div></div></div>
        <div class="comments" id="comments"><h4>هناك تعليق واحد:</h4><div id="comments-block"><p>{Around.Comment}</p></div></div><div class="blog-pager"><a href="/n">رسالة أحدث</a></div></div></div>
        <div class="sidebar section"><div class="widget PopularPosts"><h2>المشاركات الشائعة</h2>{Around.List("p")}<p>{Around.Teaser}</p></div></div></body></html>
        """;

    /// <summary>The page that caches serve to telephones.</summary>
    public static string Amp(Story s) => $"""
        <!doctype html><html amp lang="ar"><head><meta charset="utf-8"><title>{s.Title}</title><link rel="canonical" href="https://site.example/{s.Slug}"><style amp-custom>p{"{}"}</style><style amp-boilerplate>body{"{-webkit-animation:-amp-start 8s}"}</style><script async src="https://cdn.ampproject.org/v0.js"></script></head>
        <body><amp-sidebar id="s" layout="nodisplay">{Around.List("m")}</amp-sidebar><header>{Around.Menu}</header><article class="amp-wp-article"><header><h1>{s.Title}</h1></header><amp-img src="a.jpg" width="1" height="1"></amp-img>
        <div class="amp-wp-article-content">{s.In("<p>", "</p><amp-ad width=300 height=250 type=doubleclick><div placeholder>إعلان مدفوع</div></amp-ad>")}</div><amp-social-share type="twitter"></amp-social-share></article>
        <div class="amp-related"><h3>قد يعجبك أيضاً</h3>{Around.List("r")}</div><amp-consent><div id="c"><p>{Around.Cookies}</p></div></amp-consent><footer><p>النسخة الكاملة</p></footer></body></html>
        """;
}
