using System.IO.Compression;
using System.Text;
using NewsMonitor.Quality;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Unit.Quality;

public sealed class ArticleFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _problems = [];

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<JudgedArticle> Read(params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
            File.WriteAllText(Path.Combine(_folder.Path, name), content);
        return new ArticleFiles(_problems.Add).ReadAll([_folder.Path]);
    }

    [Fact]
    public void Labels_and_quotes_stand_in_the_line_of_their_article()
    {
        var article = Assert.Single(Read(("a.jsonl",
            """
            {"id": "1", "title": "t", "text": "a b", "labels": {"x": true, "y": false}, "mentions": [{"topic": "x", "quote": "b"}], "unsure": true, "class": "c"}
            """)));
        Assert.Empty(_problems);
        Assert.Equal(("a.jsonl", "1", "t", "a b"), (article.File, article.Id, article.Title, article.Text));
        Assert.Equal((true, false, null), (article.Labels!.Of("x"), article.Labels.Of("y"), article.Labels.Of("z")));
        Assert.True(article.Labels.IsUnsure);
        Assert.Equal([new Quote("x", "b")], article.Quotes);
    }

    [Theory]
    [InlineData("""{"id": "1", "x": true, "any-x": true, "y": false, "unsure": false}""", false, null)]
    [InlineData("""{"id": "1", "labels": {"x": true, "y": false}}""", false, null)]
    [InlineData("""{"id": "1", "labels": ["x"]}""", false, false)]
    [InlineData("""{"id": "1", "labels": {"x": true, "y": false, "unsure": true}}""", true, null)]
    [InlineData("""{"id": "1", "labels": ["x"], "unsure": true}""", true, false)]
    public void Labels_stand_in_lines_of_their_own_that_go_by_the_id(string line, bool unsure, bool? unnamed)
    {
        var articles = Read(("articles.ndjson", "{\"id\": 1, \"text\": \"a\"}\n\n{\"id\": \"2\", \"title\": \"b\"}\n"), ("labels.jsonl", line));
        Assert.Empty(_problems);
        var labels = articles[0].Labels!;
        Assert.Equal((true, false, unnamed, unsure), (labels.Of("x"), labels.Of("y"), labels.Of("z"), labels.IsUnsure));
        Assert.Null(articles[1].Labels);
        Assert.All(articles, article => Assert.Null(article.Quotes));
    }

    [Fact]
    public void Compressed_files_are_read_and_other_files_of_a_folder_are_not()
    {
        using (var file = new GZipStream(File.Create(Path.Combine(_folder.Path, "a.ndjson.gz")), CompressionLevel.Fastest))
            file.Write(Encoding.UTF8.GetBytes("""{"id": "1", "text": "الحوار"}"""));
        var articles = Read(("readme.txt", "{"));
        Assert.Empty(_problems);
        Assert.Equal(("a.ndjson.gz", "الحوار"), (articles[0].File, articles[0].Text));
    }

    [Theory]
    [InlineData("no json", "a.jsonl:1: left out: ")]
    [InlineData("[]", "a.jsonl:1: left out: expected an object")]
    [InlineData("""{"text": "a"}""", "a.jsonl:1: left out: has no id")]
    [InlineData("""{"id": "2", "text": "a", "labels": true}""", "a.jsonl:1: left out: labels is neither")]
    [InlineData("""{"id": "2", "text": "a", "labels": [1]}""", "a.jsonl:1: left out: ")]
    [InlineData("""{"id": "2", "text": "a", "mentions": [{"topic": "x"}]}""", "a.jsonl:1: left out: a mention has no topic or no quote")]
    [InlineData("""{"id": "2", "text": "\ud800"}""", "a.jsonl:1: left out: ")]
    [InlineData("""{"id": "3", "labels": ["x"]}""", "a.jsonl:1: there is no article 3")]
    [InlineData("""{"id": "1", "labels": ["x"]}""", "b.jsonl:2: 1 has labels already, at a.jsonl:1")]
    [InlineData("""{"id": "2", "text": "a", "mentions": [{"topic": "x", "quote": "b"}]}""", "a.jsonl: 2 does not have the words")]
    public void What_is_wrong_with_a_line_is_told_and_loses_no_other(string line, string problem)
    {
        var articles = Read(("a.jsonl", line), ("b.jsonl", "{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"1\", \"labels\": [\"y\"]}"));
        Assert.StartsWith(problem, Assert.Single(_problems), StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(articles, a => a.Id == "1").Labels);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_whole_is_told()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "a.ndjson.gz"), "{}");
        Assert.Empty(new ArticleFiles(_problems.Add).ReadAll([Path.Combine(_folder.Path, "none.jsonl"), Path.Combine(_folder.Path, "a.ndjson.gz")]));
        Assert.Equal(2, _problems.Count);
        Assert.All(_problems, problem => Assert.Contains("cannot be read", problem, StringComparison.Ordinal));
    }
}
