using System.Text;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class HostileDocumentTests
{
    private static readonly byte[] Complete = Encoding.UTF8.GetBytes(Documents.Complete);

    [Fact]
    public void NoTruncationThrows()
    {
        for (var length = 0; length < Complete.Length; length++)
        {
            var result = SnapshotJson.Read(Complete.AsMemory(0, length));

            result.Definition.Should().BeNull();
            result.Diagnostics.Should().ContainSingle();
        }
    }

    [Fact]
    public void NoChangedByteThrows() => ChangeBytes(of: 8);

    [Fact]
    [Trait("Category", "Long")]
    public void NoByteChangedToAnyOtherThrows() => ChangeBytes(of: 1);

    // Each byte becomes each replacement; of several, one of so many, and another for its neighbor.
    private static void ChangeBytes(int of)
    {
        var document = (byte[])Complete.Clone();
        byte[] replacements = [.. "\0\"\\{}[]:,0-9eE.ntu \x7F"u8, 0xFF];
        for (var i = 0; i < document.Length; i++)
        {
            for (var j = i % of; j < replacements.Length; j += of)
            {
                var kept = document[i];
                document[i] = replacements[j];
                ShouldBeJudged(document);
                document[i] = kept;
            }
        }
    }

    [Fact]
    public void NoRemovedOrRepeatedStretchThrows()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 5_000; i++)
        {
            var start = random.Next(Complete.Length);
            var end = random.Next(start, Math.Min(Complete.Length, start + 200));
            ShouldBeJudged([.. Complete.AsSpan(0, start), .. Complete.AsSpan(end)]);
            ShouldBeJudged([.. Complete.AsSpan(0, end), .. Complete.AsSpan(start)]);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("-1")]
    [InlineData("1e999999999")]
    [InlineData("0.00000000000000000000000000000000000000000001")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":null,\"a\":[[]]}")]
    public void NoValueAnywhereThrows(string replacement)
    {
        foreach (var (start, length) in Values())
            ShouldBeJudged([.. Complete.AsSpan(0, start), .. Encoding.UTF8.GetBytes(replacement), .. Complete.AsSpan(start + length)]);
    }

    private static void ShouldBeJudged(byte[] document)
    {
        var (definition, diagnostics) = SnapshotJson.Read(document);

        if (definition is null)
            diagnostics.Should().ContainSingle();
        else
            SnapshotJson.Read(Documents.Write(definition)).Definition.Should().NotBeNull();
    }

    /// <summary>Where each value of the complete document stands.</summary>
    private static List<(int Start, int Length)> Values()
    {
        var values = new List<(int Start, int Length)>();
        var open = new Stack<int>();
        var reader = new System.Text.Json.Utf8JsonReader(Complete);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case System.Text.Json.JsonTokenType.StartObject or System.Text.Json.JsonTokenType.StartArray:
                    open.Push(start);
                    break;
                case System.Text.Json.JsonTokenType.EndObject or System.Text.Json.JsonTokenType.EndArray:
                    var from = open.Pop();
                    values.Add((from, (int)reader.BytesConsumed - from));
                    break;
                case System.Text.Json.JsonTokenType.PropertyName:
                    break;
                default:
                    values.Add((start, (int)reader.BytesConsumed - start));
                    break;
            }
        }

        return values;
    }
}
