using System.Text;
using System.Text.Json;
using Json.Schema;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Reports;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class JsonReportTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Repository.PathOf("schema", "report.v1.schema.json")));

    public static TheoryData<string> Names => [.. SomeReports.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ReportFitsItsSchema(string name)
    {
        var result = Schema.Evaluate(Parse(name), new EvaluationOptions { OutputFormat = OutputFormat.List });

        // A branch of "oneOf" that does not fit has errors in a result that is valid.
        result.IsValid.Should().BeTrue(string.Join('\n', (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
    }

    [Theory]
    [InlineData("\"kind\": \"ship\"", "\"kind\": \"launch\"")]
    [InlineData("\"low\": 0.031", "\"low\": \"0.031\"")]
    [InlineData("\"computedAt\": \"2026-11-29T02:00:00Z\"", "\"computedAt\": \"29 Nov\"")]
    [InlineData("\"outcomesKept\": 0,", "")]
    public void SchemaRejectsWhatIsWrong(string from, string to)
    {
        var json = JsonReport.Render(SomeReports.Ship());
        json.Should().Contain(from);

        Schema.Evaluate(JsonDocument.Parse(json.Replace(from, to, StringComparison.Ordinal)).RootElement).IsValid.Should().BeFalse();
    }

    [Fact]
    public void NumbersAreNotRounded()
    {
        var effect = Parse("ship").GetProperty("metrics")[0].GetProperty("effects")[0];

        effect.GetProperty("relative").GetProperty("low").GetDouble().Should().Be(0.031);
        effect.GetProperty("absolute").GetProperty("estimate").GetDouble().Should().Be(0.0452 - 0.0414);
        effect.GetProperty("adjustedPValue").GetDouble().Should().Be(0.0002);
        effect.GetProperty("byDay").EnumerateArray().Should().HaveCount(20);
        Parse("ship").GetProperty("verdict").GetProperty("line").GetString().Should().StartWith("It brings 9.1 % more purchases than");
    }

    [Fact]
    public void OpenEndsAndMissingNumbersAreNull()
    {
        var metrics = Parse("edges").GetProperty("metrics");

        metrics[1].GetProperty("effects")[0].GetProperty("relative").GetProperty("high").ValueKind.Should().Be(JsonValueKind.Null);
        metrics[2].GetProperty("effects")[0].GetProperty("relative").GetProperty("low").ValueKind.Should().Be(JsonValueKind.Null);
        metrics[4].GetProperty("effects")[0].GetProperty("relative").ValueKind.Should().Be(JsonValueKind.Null);
        metrics[6].GetProperty("effects")[0].GetProperty("value").ValueKind.Should().Be(JsonValueKind.Null);
        JsonReport.Render(SomeReports.Edges()).Should().NotContain("NaN").And.NotContain("Infinity");
    }

    [Fact]
    public void EffectsBeforeTheEndAreLeftOutAndThoseOfUnsoundTrafficAreMarked()
    {
        Parse("not-read-yet").GetProperty("metrics")[0].GetProperty("effects").GetArrayLength().Should().Be(0);
        Parse("do-not-trust").GetProperty("metrics")[0].GetProperty("effects").GetArrayLength().Should().Be(1);
        Parse("do-not-trust").GetProperty("effectsShown").GetBoolean().Should().BeFalse();
        Parse("do-not-trust").GetProperty("traffic").GetProperty("splitPValue").GetDouble().Should().Be(3e-21);
        Parse("ship").GetProperty("effectsShown").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public void EachCountOfTheDataIsThere()
    {
        var names = typeof(EventCounts).GetProperties().Where(property => property.PropertyType == typeof(long)).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Parse("ship").GetProperty("counts").EnumerateObject().Select(count => count.Name).Should().BeEquivalentTo(names);
    }

    [Fact]
    public void StreamHasTheSameTextAsUtf8()
    {
        using var stream = new MemoryStream();

        JsonReport.Write(SomeReports.Hostile(), stream);

        Encoding.UTF8.GetString(stream.ToArray()).Should().Be(JsonReport.Render(SomeReports.Hostile()));
    }

    private static JsonElement Parse(string name) => JsonDocument.Parse(JsonReport.Render(SomeReports.All[name]())).RootElement;
}
