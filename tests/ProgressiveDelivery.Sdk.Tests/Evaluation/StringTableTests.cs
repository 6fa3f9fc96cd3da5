using System.Globalization;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public sealed class StringTableTests
{
    // Of keys by chance, in a table of which less than half is taken; chosen ones, or ones that are not put in order, need several times as many.
    private const int MaxProbe = 16;

    private static readonly Dictionary<string, Func<int, string>> KeyOf = new()
    {
        ["numbers"] = i => i.ToString(CultureInfo.InvariantCulture),
        ["padded"] = i => i.ToString("D12", CultureInfo.InvariantCulture),
        ["prefixed"] = i => $"user-{i}",
        ["suffixed"] = i => $"{i}@customers.example.com",
        ["guids"] = i => new Guid(i, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8).ToString(),
        ["hex"] = i => ((uint)i * 2654435761u).ToString("x8", CultureInfo.InvariantCulture),
        ["lengths"] = i => new string('x', i % 300) + i,
        ["repeats"] = i => string.Concat(Enumerable.Repeat((i % 997).ToString("D4", CultureInfo.InvariantCulture), 3)) + i,
        ["binary"] = i => string.Concat(Enumerable.Range(0, 20).Select(bit => (i >> bit & 1) == 0 ? 'a' : 'b')),
        ["not ASCII"] = i => $"ключ-{(char)(0x4E00 + (i % 20_000))}-{i / 20_000}",
    };

    public static TheoryData<string> Families => [.. KeyOf.Keys];

    [Fact]
    public void TableAnswersAsADictionaryDoes()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 200; round++)
        {
            var keys = Enumerable.Range(0, random.Next(60)).Select(_ => Key(random)).ToArray();
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var key in keys)
                expected[key] = $"{key}/{expected.Count}";
            var table = Table([.. expected]);

            foreach (var key in keys.Concat(Enumerable.Range(0, 200).Select(_ => Key(random))))
            {
                table.Find(key).Should().Be(expected.GetValueOrDefault(key));
                table.Find($"<{key}>".AsSpan(1, key.Length)).Should().Be(expected.GetValueOrDefault(key));
            }
        }
    }

    [Fact]
    public void LastValueOfAKeyCounts() =>
        Table(new("a", "first"), new("b", "b"), new("a", "last")).Find("a").Should().Be("last");

    [Fact]
    public void KeysDifferByEveryCharacter()
    {
        var table = Table([.. Enumerable.Range(0, 40).Select(length => KeyValuePair.Create(new string('k', length), "found"))]);

        for (var length = 1; length < 40; length++)
        {
            table.Find(new string('k', length)).Should().NotBeNull();
            for (var i = 0; i < length; i++)
                table.Find(new string('k', i) + 'K' + new string('k', length - i - 1)).Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void KeysOfAFamilyDoNotCrowd(string family)
    {
        var entries = Enumerable.Range(0, 200_000).Select(i => KeyValuePair.Create(KeyOf[family](i), "")).ToArray();

        var table = Table(entries);
        foreach (var (known, _) in entries)
            ShouldBeFound(table.Find(known));

        table.MaxProbe().Should().BeLessThan(MaxProbe);
    }

    // Without an assertion for each of them, which would cost more than what is measured.
    private static void ShouldBeFound(string? value)
    {
        if (value is null)
            throw new InvalidOperationException("A key that is in the table was not found.");
    }

    private static string Key(Random random) => string.Create(random.Next(12), random, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = "ab\0é\uD83D"[source.Next(5)];
    });

    private static StringTable<string> Table(params KeyValuePair<string, string>[] entries)
    {
        var table = new StringTable<string>(entries.Length);
        foreach (var (key, value) in entries)
            table.Add(key, value);
        return table;
    }
}
