using System.IO.Compression;
using System.Text;
using NewsMonitor.Pipeline;

namespace NewsMonitor.Tests.Unit.Pipeline;

public sealed class ArchiveReaderTests : IDisposable
{
    private static readonly string Good = BackfillDesk.Line("a", BackfillDesk.DialogueTitle);

    private readonly BackfillDesk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Bad_lines_are_told_with_file_and_line_and_the_others_are_read()
    {
        var file = _desk.File($"{Good}\n{{\"title\":\r\n\r\n[1]\n{{\"id\":1}}\n  {Good}\r\n{{\"title\":3,\"text\":null}}\n{Good}");
        var lines = await _desk.Read(file).ToListAsync(Cancel);
        Assert.Equal(
            [$"{file}:2", $"{file}:4", $"{file}:5", $"{file}:7"], lines.Where(line => line.Article is null).Select(line => line.Where));
        Assert.All(lines.Where(line => line.Article is null), line => Assert.NotEmpty(line.Problem!));
        Assert.Equal([$"{file}:1", $"{file}:6", $"{file}:8"], lines.Where(line => line.Article is not null).Select(line => line.Where));
    }

    [Theory]
    [InlineData("gz")]
    [InlineData("ndjson")] // told by its bytes, not by its name
    public async Task Gzip_is_read_also_of_several_members(string extension)
    {
        var file = _desk.File([.. Zipped($"{Good}\n"), .. Zipped($"{Good}\n{Good}")], extension);
        Assert.Equal(3, await _desk.Read(file).CountAsync(line => line.Article is not null, Cancel));
    }

    [Fact]
    public async Task A_torn_gzip_gives_what_it_has_and_is_told()
    {
        var chance = new Random(1);
        var lines = Enumerable.Range(0, 2000).Select(number => BackfillDesk.Line($"{number}-{chance.Next()}", $"خبر {chance.Next()}"));
        var whole = Zipped(string.Join('\n', lines));
        var read = await _desk.Read(_desk.File(whole[..(whole.Length / 2)], "gz"), _desk.Archive(Good)).ToListAsync(Cancel);
        Assert.InRange(read.Count(line => line.Article is not null), 2, 1999);
        var told = read.FindIndex(line => line.Article is null);
        Assert.Contains(".gz:", read[told].Where, StringComparison.Ordinal);
        Assert.Equal(read.Count - 2, told);
    }

    [Fact]
    public async Task A_gzip_that_goes_bad_is_told_with_the_line()
    {
        var bad = Zipped($"{Good}\n{Good}\n");
        bad[^8] ^= 0xFF; // its checksum
        var file = _desk.File(bad, "gz");
        var read = await _desk.Read(file, _desk.Archive(Good)).ToListAsync(Cancel);
        Assert.StartsWith("cannot be read", Assert.Single(read, line => line.Article is null).Problem, StringComparison.Ordinal);
        Assert.NotNull(read[^1].Article);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_and_the_next_is_read()
    {
        var lines = await _desk.Read("no-such.ndjson", Path.GetTempPath(), _desk.Archive(Good)).ToListAsync(Cancel);
        Assert.Equal(("no-such.ndjson", "no such file"), (lines[0].Where, lines[0].Problem));
        Assert.Contains("folder", lines[1].Problem, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(lines[2..]).Article);
    }

    [Fact]
    public async Task An_empty_file_and_a_byte_order_mark_are_no_trouble()
    {
        Assert.Empty(await _desk.Read(_desk.File(""), _desk.File("\n\n")).ToListAsync(Cancel));
        Assert.NotNull(Assert.Single(await _desk.Read(_desk.File("\uFEFF" + Good)).ToListAsync(Cancel)).Article);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_or_a_byte_that_is_no_utf8_costs_a_letter_and_not_the_article()
    {
        byte[] broken = [.. "{\"title\":\"x"u8, 0xFF, .. "y\",\"text\":\"\"}"u8];
        var lines = await _desk.Read(
            _desk.File("{\"title\":\"a\\ud83d b\\udc00\",\"text\":\"\\uD83D\\uDE00 \\\\ud83d\"}"), _desk.File(broken, "ndjson")).ToListAsync(Cancel);
        Assert.Equal("a\uFFFD b\uFFFD", lines[0].Article!.Title);
        Assert.StartsWith("\U0001F600 ", lines[0].Article!.Text, StringComparison.Ordinal);
        Assert.Equal("x\uFFFDy", lines[1].Article!.Title);
    }

    [Theory]
    [InlineData("2015-07-21 02:31:39", "2015-07-20T23:31:39Z")] // of the outlet's country, Iraq
    [InlineData("2015-07-21T02:31:39Z", "2015-07-21T02:31:39Z")]
    [InlineData("21 تموز 2015", "2015-07-20T21:00:00Z")]
    [InlineData("yesterday", null)]
    public async Task Dates_are_read_as_those_of_feeds(string date, string? published)
    {
        var line = Assert.Single(await _desk.Read(_desk.Archive(BackfillDesk.Line("a", "t", date: date))).ToListAsync(Cancel));
        Assert.Equal(published is null ? null : DateTimeOffset.Parse(published, null), line.Article!.Published);
        Assert.Equal(published is null, line.Problem is not null);
    }

    [Fact]
    public async Task Published_goes_before_date_and_html_becomes_text()
    {
        var file = _desk.File("""{"title":"a &amp; b","text":"<p>one</p><p>two</p>","url":"https://x.example/1","date":"2015-01-01","published":"2016-01-01"}""");
        var article = Assert.Single(await _desk.Read(file).ToListAsync(Cancel)).Article!;
        Assert.Equal((2016, "a & b", "one\ntwo"), (article.Published!.Value.Year, article.Title, article.Text));
    }

    [Fact]
    public async Task An_outlet_that_is_not_in_the_list_is_called_as_the_archive_says_or_by_its_site()
    {
        var lines = await _desk.Read(_desk.Archive(
            BackfillDesk.Line("1", "t", source: "شفق نيوز", site: "https://www.shafaq.example/"), BackfillDesk.Line("2", "t", source: null, site: "https://www.shafaq.example/"),
            BackfillDesk.Line("3", "t", source: " first "))).ToListAsync(Cancel);
        Assert.Equal(["شفق نيوز", "www.shafaq.example", "First"], lines.Select(line => line.Article!.SourceTitle));
        Assert.StartsWith("shafaq.example-", lines[0].Article!.SourceId, StringComparison.Ordinal);
        Assert.Equal(lines[0].Article!.SourceId, lines[1].Article!.SourceId);
    }

    [Fact]
    public async Task A_line_without_end_is_told_and_not_held()
    {
        var stream = new Pieces(ArchiveLines.MaximumLine * 4L, Encoding.UTF8.GetBytes("\nlast"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = new ArchiveLines(stream);
        var endless = await lines.NextAsync(Cancel);
        Assert.True(endless!.Value.IsTooLong);
        Assert.Equal("last", Encoding.UTF8.GetString((await lines.NextAsync(Cancel))!.Value.Bytes.Span));
        Assert.Null(await lines.NextAsync(Cancel));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, ArchiveLines.MaximumLine * 5L);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(65_536)]
    public async Task Lines_come_whole_however_they_are_cut(int most)
    {
        var wanted = Enumerable.Range(0, 300).Select(number => new string('x', number * number % 70_000)).ToList();
        var lines = new ArchiveLines(new Pieces(0, Encoding.UTF8.GetBytes(string.Join('\n', wanted) + "\n"), most));
        foreach (var line in wanted)
            Assert.Equal(line, Encoding.UTF8.GetString((await lines.NextAsync(Cancel))!.Value.Bytes.Span));
        Assert.Null(await lines.NextAsync(Cancel));
    }

    private static byte[] Zipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    /// <summary>So many bytes of no meaning, then an end, a few at a time.</summary>
    private sealed class Pieces(long filler, byte[] end, int most = int.MaxValue) : MemoryStream
    {
        private long _filler = filler;
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(Math.Min(buffer.Length, most), _filler > 0 ? _filler : end.Length - _at);
            if (_filler > 0)
            {
                buffer.Span[..count].Fill((byte)' ');
                _filler -= count;
            }
            else
            {
                end.AsSpan(_at, count).CopyTo(buffer.Span);
                _at += count;
            }

            return ValueTask.FromResult(count);
        }
    }
}
