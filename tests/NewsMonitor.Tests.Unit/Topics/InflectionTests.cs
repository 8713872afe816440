using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Tests.Unit.Topics;

public sealed class InflectionTests
{
    [Theory]
    [InlineData(PartOfSpeech.Noun, "حوار", "الحوار وبالحوار للحوار كالحوار فالحوار حوارهما لحوارهما حوارا حواران")]
    [InlineData(PartOfSpeech.Noun, "قوات", "القوات للقوات وقواتها قواتهم بقواته لقواتنا")]
    [InlineData(PartOfSpeech.Noun, "قاعدة", "القاعدة قاعدتين قاعدتي قاعدتها والقاعدتان القاعدات لقاعدتهم")]
    [InlineData(PartOfSpeech.Noun, "لواء", "اللواء للواء لواءين بلوائها")]
    [InlineData(PartOfSpeech.Noun, "بقاء", "بقاؤها بقائها بقاءها البقاء")]
    [InlineData(PartOfSpeech.Person, "مدرب", "مدربون المدربين مدربو مدربي مدربيها ومدربوهم المدربة")]
    [InlineData(PartOfSpeech.Adjective, "أجنبي", "الأجنبية أجنبيا للأجنبيين والأجنبيتان الاجنبيون")]
    [InlineData(PartOfSpeech.Name, "العراق", "والعراق للعراق بالعراق كالعراق فللعراق")]
    [InlineData(PartOfSpeech.Name, "ألمانيا", "ألمانيا لألمانيا ولألمانيا بألمانيا")]
    [InlineData(PartOfSpeech.Verb, "انسحب / ينسحب", "انسحبت وانسحبوا انسحبا ينسحب وستنسحب سينسحبون فلتنسحب ننسحب تنسحبان")]
    [InlineData(PartOfSpeech.Verb, "سحب / يسحب", "سحبتها يسحبها سنسحبهم وسحبوها")]
    [InlineData(PartOfSpeech.Verb, "أعاد أعد أعيد / يعيد يعاد", "أعادت أعدنا أُعيد ستعيد يعيدون تُعاد وأعادها")]
    public void Makes_the_forms_that_people_write(PartOfSpeech pos, string entry, string expected)
    {
        var forms = Inflection.Forms(entry, pos).Select(f => f.Text).ToHashSet();
        Assert.All(expected.Split(' '), e => Assert.Contains(ArabicFolding.Fold(e).Text, forms));
    }

    [Theory]
    [InlineData(PartOfSpeech.Noun, "قوات", "قو قوا قوه الاقوات القواتها")]
    [InlineData(PartOfSpeech.Name, "العراق", "العراقي العراقية عراق")]
    [InlineData(PartOfSpeech.Name, "ألمانيا", "للمانيا الألمانيا")]
    [InlineData(PartOfSpeech.Exact, "خارج", "الخارج وخارج خارجي")]
    [InlineData(PartOfSpeech.Verb, "انسحب / ينسحب", "انسحاب السحب")]
    [InlineData(PartOfSpeech.Finite, "خرج / يخرج", "خارج الخارجة مخروج")]
    [InlineData(PartOfSpeech.Possessed, "قوات", "قوات القوات القواتها")]
    public void Makes_no_others(PartOfSpeech pos, string entry, string unexpected)
    {
        var forms = Inflection.Forms(entry, pos).Select(f => f.Text).ToHashSet();
        Assert.All(unexpected.Split(' '), u => Assert.DoesNotContain(ArabicFolding.Fold(u).Text, forms));
    }

    [Fact]
    public void Every_form_says_where_it_came_from()
    {
        var form = Inflection.Forms("قاعدة", PartOfSpeech.Noun).First(f => f.Text == "ولقاعدتها");
        Assert.Equal(("و ل", "قاعده", "ت+ها"), (form.Prefix, form.Stem, form.Ending));
    }

    [Theory]
    [InlineData("استراتيحي")]
    [InlineData("استراتجي")]
    [InlineData("استراتييجي")]
    [InlineData("استارتيجي")]
    public void Misspellings_are_one_letter_away(string wrong) => Assert.Contains(wrong, Misspellings.Of("استراتيجي"));
}
