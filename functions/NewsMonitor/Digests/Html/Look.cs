using Microsoft.AspNetCore.Components;

namespace NewsMonitor.Digests.Html;

/// <summary>
/// Colours and styles of the mail. Styles are inline, which every mail program honours; the style block only adds what a program
/// may drop without harm: the dark colours and the narrow screen.
/// </summary>
internal static class Look
{
    /// <summary>A colour in light and in dark surroundings. Text colours have a contrast of at least 4.5 on the grounds they stand on.</summary>
    internal sealed record Tone(string Class, string Property, string Light, string Dark)
    {
        public string Style => $"{Property}:{Light};";
    }

    public static readonly Tone Page = new("page", "background-color", "#eceff3", "#10151b");
    public static readonly Tone Card = new("card", "background-color", "#ffffff", "#1a212a");
    public static readonly Tone Head = new("head", "background-color", "#0f4c5c", "#123a46");
    public static readonly Tone HeadInk = new("headink", "color", "#ffffff", "#f2f7f9");
    public static readonly Tone HeadSoft = new("headsoft", "color", "#cfe3e8", "#b9d3da");
    public static readonly Tone Ink = new("ink", "color", "#17202b", "#e7ecf2");
    public static readonly Tone Soft = new("soft", "color", "#55616f", "#a9b5c2");
    public static readonly Tone Link = new("link", "color", "#0b57a4", "#8dc1ff");
    public static readonly Tone Accent = new("accent", "color", "#0f5d70", "#7fd0de");
    public static readonly Tone Quote = new("quote", "background-color", "#f4f7f9", "#222b36");
    public static readonly Tone Mark = new("mark", "background-color", "#ffe9a8", "#5b4809");
    public static readonly Tone MarkInk = new("markink", "color", "#2f2300", "#fff3cc");
    public static readonly Tone Warn = new("warn", "background-color", "#fff1dc", "#41300f");
    public static readonly Tone WarnInk = new("warnink", "color", "#7a4300", "#ffcf8a");
    public static readonly Tone Line = new("line", "border-color", "#dde3e9", "#313b47");
    public static readonly Tone Bar = new("bar", "border-color", "#0f5d70", "#4fa9b9");

    internal static readonly Tone[] Tones =
        [Page, Card, Head, HeadInk, HeadSoft, Ink, Soft, Link, Accent, Quote, Mark, MarkInk, Warn, WarnInk, Line, Bar];

    /// <summary>What is on the machine, with a face that has good Arabic on each system before the Latin-only ones give out.</summary>
    private const string Fonts = "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Noto Sans,Noto Sans Arabic,Geeza Pro,Tahoma,Arial,sans-serif";

    public const string Base = $"font-family:{Fonts};";

    private static readonly string Dark = string.Concat(Tones.Select(tone => $".{tone.Class}{{{tone.Property}:{tone.Dark} !important;}}"));

    public static readonly MarkupString Sheet = new($$$"""
        <style>
        :root{color-scheme:light dark;supported-color-schemes:light dark;}
        body,table,td,a,h1,h2,h3,p{font-family:{{{Fonts}}};}
        @media only screen and (max-width:480px){.pad{padding-left:16px !important;padding-right:16px !important;}.outer{padding:0 !important;}}
        @media (prefers-color-scheme:dark) { {{{Dark}}} }
        </style>
        """);

    // Outlook on Windows knows no max-width: it gets a table of that width around ours.
    public static readonly MarkupString OutlookStart =
        new("<!--[if mso]><table role=\"presentation\" width=\"640\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\"><tr><td><![endif]-->");

    public static readonly MarkupString OutlookEnd = new("<!--[if mso]></td></tr></table><![endif]-->");

    public static readonly MarkupString Doctype = new("<!DOCTYPE html>\n");

    public static string Dir(bool rightToLeft) => rightToLeft ? "rtl" : "ltr";

    public static string Start(bool rightToLeft) => rightToLeft ? "right" : "left";
}
