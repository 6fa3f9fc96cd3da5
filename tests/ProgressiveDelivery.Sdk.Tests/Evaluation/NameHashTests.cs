using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>Names come from outside, and may be chosen to collide: they must not under any hash that can be known beforehand.</summary>
public sealed class NameHashTests
{
    private const int Names = 30_000;

    // Half of the slots are free: the longest probe of names by chance is a third of that, whatever the secrets.
    private const int MaxProbe = 30;

    private static readonly NameHash Known = new(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3211);

    [Fact]
    public void NamesThatCollideByTheirSumsDoNotCrowd()
    {
        var names = BySums();
        names.Should().OnlyHaveUniqueItems();

        Probe(names, Known).Should().BeLessThan(MaxProbe);
        Probe(names, NameHash.AtRandom()).Should().BeLessThan(MaxProbe);
    }

    [Fact]
    public void NamesThatCollideUnderOneHashDoNotUnderAnother()
    {
        var one = NameHash.AtRandom();
        var names = ByHash(one);

        Probe(names, one).Should().BeGreaterThan(200, "they were chosen so");
        for (var i = 0; i < 20; i++)
            Table(names, new StringTable<string>(names.Length)).MaxProbe().Should().BeLessThan(MaxProbe, "each table has secrets of its own");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void NamesThatDifferInOneWordDoNotCrowd(int word)
    {
        var names = Enumerable.Range(0, Names).Select(i => new string('a', word * 4) + i.ToString("x4", CultureInfo.InvariantCulture) + new string('b', (5 - word) * 4)).ToArray();

        Probe(names, Known).Should().BeLessThan(MaxProbe);
    }

    [Fact]
    public void EveryLengthAndCharacterCounts()
    {
        var names = new List<string>();
        for (var length = 0; length < 40; length++)
        {
            names.Add(new string('\0', length));
            for (var i = 0; i < length; i++)
                names.Add(new string('k', i) + 'K' + new string('k', length - i - 1));
        }

        names.Select(name => Known.Of(name)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void NumbersThatCollideInTheFrameworksTableDoNotInOurs()
    {
        AttributeValue[] chosen = [.. Enumerable.Range(0, Names).Select(i => (AttributeValue)(((long)i << 32) | (long)i))];
        chosen.Select(number => number.TryGetInteger(out var value) ? value.GetHashCode() : 0).Distinct().Should().HaveCount(1, "the framework folds the halves of a number together");
        var comparer = new BitsComparer(Known);

        chosen.Select(number => comparer.GetHashCode(number.TryGetInteger(out var value) ? value : 0)).Distinct().Count().Should().BeGreaterThan(Names - 10);
        var set = new NumberSet(chosen, Known);
        set.Has(((long)7 << 32) | 7).Should().BeTrue();
        set.Has(7).Should().BeFalse();
    }

    [Fact]
    public void DigestsThatFoldTogetherDoNotCollide()
    {
        var comparer = new DigestComparer(Known);
        var chosen = Enumerable.Range(0, Names).Select(i => (-1, new Digest(((ulong)i << 32) | (uint)i, 0, 0, 0)));

        chosen.Select(comparer.GetHashCode).Distinct().Count().Should().BeGreaterThan(Names - 10);
    }

    [Fact]
    public void ChosenNamesOfAWholeSnapshotAreAnsweredAsOthers()
    {
        var names = BySums();
        var snapshot = new SnapshotDefinition
        {
            Version = 1,
            Segments = [new() { Name = "chosen", Include = names }],
            Flags = [Some.Flag().When(new SegmentCondition("chosen"))],
        }.Open();

        snapshot.IsEnabled("flag", new EvaluationContext(names[^1])).Should().BeTrue();
        snapshot.IsEnabled("flag", new EvaluationContext("someone")).Should().BeFalse();
    }

    // Sums of the words of a name, each times a multiplier in a row: what the first and the last word gain, the middle one loses twice.
    private static string[] BySums() =>
    [
        .. Enumerable.Range(0, Names).Select(i => (Low: i % 174, High: i / 174)).Select(place => string.Create(12, place, (name, at) =>
        {
            name.Fill('a');
            (name[0], name[1]) = ((char)(0x100 + at.Low), (char)(0x100 + at.High));
            (name[4], name[5]) = ((char)(0x1000 - (2 * at.Low)), (char)(0x1000 - (2 * at.High)));
            (name[8], name[9]) = ((char)(0x100 + at.Low), (char)(0x100 + at.High));
        })),
    ];

    // Names that begin in the same slots, for one who knows the secrets.
    private static string[] ByHash(NameHash hash) =>
        [.. Enumerable.Range(0, 1_000_000).Select(i => $"name-{i}").Where(name => (hash.Of(name) & 1_023) == 7).Take(600)];

    private static int Probe(string[] names, NameHash hash) => Table(names, new StringTable<string>(names.Length, hash)).MaxProbe();

    private static StringTable<string> Table(string[] names, StringTable<string> table)
    {
        foreach (var name in names)
            table.Add(name, name);
        return table;
    }
}
