using System.Text;
using NewsMonitor.Articles;

namespace NewsMonitor.Tests.Unit.Articles;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>أولى</p><p>ثانية</p>", "أولى\nثانية")]
    [InlineData("<div>أولى<div>ثانية</div></div>ثالثة", "أولى\nثانية\nثالثة")]
    [InlineData("one<br>two<br/><br/>three", "one\ntwo\nthree")]
    [InlineData("ال<b>حوار</b> الاستراتيجي", "الحوار الاستراتيجي")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "a\nb")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("a&nbsp;&nbsp;b &amp; c &lt;d&gt; &#1575;", "a b & c <d> ا")]
    [InlineData("<p>x</p><script>if (a<b) '</p>'</script><style>p{}</style><p>y</p>", "x\ny")]
    [InlineData("<p>x</p><noscript><img src=x>no</noscript><svg><title>s</title><text>t</text></svg><p>y</p>", "x\ny")]
    [InlineData("<p>x</p><iframe>gone</iframe>y<!-- not this -->", "x\ny")]
    [InlineData("x<script>never closed", "xnever closed")]
    [InlineData("plain\n  text \r\n\r\n lines", "plain\ntext\nlines")]
    [InlineData("3 < 5 و 6 > 4", "3 < 5 و 6 > 4")]
    [InlineData("&lt;p&gt;escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;", "escaped\ntwice")]
    [InlineData("<p>a\u0007b\u0085c</p>", "ab c")]
    [InlineData("<p>قال</p> <p></p> <p> &nbsp; </p><p>أضاف", "قال\nأضاف")]
    [InlineData("الاسترا<wbr>تيجي والقو&shy;ات", "الاستراتيجي والقوات")]
    [InlineData("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan")]
    [InlineData("x<svg>never closed<p>y", "xnever closed\ny")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Markup_becomes_lines_of_text(string? html, string text) => Assert.Equal(text, HtmlText.ToText(html));

    [Fact]
    public void A_title_is_one_line() => Assert.Equal("a b", HtmlText.ToLine("<p>a</p>\n<p>b</p>"));

    [Theory]
    [InlineData("<b><i>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg></svg>")]
    [InlineData("<script></script>")]
    [InlineData("<svg>")]
    [InlineData("<template>")]
    [InlineData("&")]
    [InlineData("<")]
    [InlineData("<script>")]
    [InlineData("<style><title>")]
    [InlineData("x ")]
    public void Hostile_size_is_bounded(string part)
    {
        var html = new StringBuilder().Insert(0, part, 4_000_000 / part.Length).Append("نهاية").ToString();
        Assert.True(HtmlText.ToText(html).Length <= HtmlText.MaximumText);
    }
}
