using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Canary;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

public sealed class JsonDifferencesTests
{
    private static readonly JsonTypeInfo<JsonElement> Json = TestJson.Default.JsonElement;

    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":null}]}""", """{"b":[1,{"c":null}],"a":1}""", "")]
    [InlineData("1.50", "1.5", "")]
    [InlineData("1e2", "100", "")]
    [InlineData("\"é\"", "\"\\u00e9\"", "")]
    [InlineData("12345678901234567890123456789012", "12345678901234567890123456789012", "")]
    [InlineData("1", "2", "=1:2")]
    [InlineData("1", "\"1\"", "=1:\"1\"")]
    [InlineData("true", "false", "=true:false")]
    [InlineData("null", "{}", "=null:{}")]
    [InlineData("""{"a":1}""", """{"b":1}""", "/a=1: /b=:1")]
    [InlineData("""{"a":{"b":[1,2,3]}}""", """{"a":{"b":[1,4]}}""", "/a/b/1=2:4 /a/b/2=3:")]
    [InlineData("""{"a/b":{"~":1}}""", """{"a/b":{"~":2}}""", "/a~1b/~0=1:2")]
    [InlineData("""{"a":[]}""", """{"a":{}}""", "/a=[]:{}")]
    public void DifferencesAreFoundMemberByMember(string old, string @new, string expected)
    {
        var found = MigrationDifference.Between(Parse(old), Parse(@new), Json);

        string.Join(' ', found.Select(one => $"{one.Path}={Text(one.Old)}:{Text(one.New)}")).Should().Be(expected);
    }

    [Fact]
    public void NoMoreThan64DifferencesAreListed()
    {
        var (old, @new) = (string.Join(',', Enumerable.Range(0, 1_000)), string.Join(',', Enumerable.Range(1, 1_000)));

        MigrationDifference.Between(Parse($"[{old}]"), Parse($"[{@new}]"), Json).Should().HaveCount(64);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Text(object? value) => value is JsonElement element ? element.GetRawText() : "";
}
