using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>Positions as an independent implementation of XXH3 gives them.</summary>
public sealed class BucketingVectorsTests
{
    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "Evaluation", "Bucketing", "bucketing-vectors.own.jsonl");

    [Fact]
    public void EveryOwnVectorIsMet() => ShouldBeMet(Own).Should().BeGreaterThan(20);

    [PublishedVectorsFact]
    public void EveryPublishedVectorIsMet() => ShouldBeMet(PublishedVectorsFactAttribute.VectorsPath).Should().Be(500);

    private static int ShouldBeMet(string path)
    {
        var count = 0;
        foreach (var line in File.ReadLines(path))
        {
            using var vector = JsonDocument.Parse(line);
            var salt = vector.RootElement.GetProperty("salt").GetString()!;
            var unit = vector.RootElement.GetProperty("unit").GetString()!;
            var hash = ulong.Parse(vector.RootElement.GetProperty("hash").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

            XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(salt + '\u001F' + unit)).Should().Be(hash, "salt {0}, unit {1}", salt, unit);
            Salt.Scale(hash).Should().Be(vector.RootElement.GetProperty("position").GetInt32());
            new Salt(salt).Position(unit).Should().Be(vector.RootElement.GetProperty("position").GetInt32());
            new Salt(salt + "/split").Position(unit).Should().Be(vector.RootElement.GetProperty("splitPosition").GetInt32());
            count++;
        }

        return count;
    }
}
