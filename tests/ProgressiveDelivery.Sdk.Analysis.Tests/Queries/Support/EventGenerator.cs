using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>
/// Writes events as JSON lines, the same for the same seed. Amounts are multiples of 1/4, so that sums are exact in any order. It uses nothing but the base library, so that benchmarks
/// can link it.
/// </summary>
internal sealed class EventGenerator(int seed)
{
    private static readonly string[] Variants = ["control", "fast", "bold"];

    private readonly Random _random = new(seed);
    private long _id;

    /// <summary>The share of events that repeat an id, are of another experiment, unit kind or metric, out of order, or not valid at all. 0.02 by default.</summary>
    public double Oddities { get; init; } = 0.02;

    /// <summary>The days of first exposures, from 2026-03-02 on. 7 by default.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Gives the lines: an exposure for each unit, and the given number of outcomes at random units. Some lines more or less are oddities.</summary>
    public IEnumerable<string> Lines(int units, int outcomes)
    {
        var (left, right) = (units, outcomes);
        while (left + right > 0)
        {
            var line = _random.NextInt64((long)left + right) < left ? Exposure(units - left--) : Outcome(units, right--);
            yield return line;
            if (_random.NextDouble() < Oddities)
                yield return line.Replace("\"value\":", "\"value\":1", StringComparison.Ordinal);   // The same id, and perhaps another value.
            if (_random.NextDouble() < Oddities)
                yield return Odd(units);
        }
    }

    private string Exposure(int unit)
    {
        var variant = Variants[unit % 4 is 3 ? 0 : unit % 4];
        return Exposure(unit, variant, "checkout", "user", Seconds(0, Days));
    }

    private string Exposure(int unit, string variant, string experiment, string unitKind, long seconds) =>
        $$"""{"type":"exposure","id":"x-{{_id++}}","time":"{{Time(seconds)}}","unit":"u{{unit}}","unitKind":"{{unitKind}}","flag":"page","experiment":"{{experiment}}","variant":"{{variant}}","rule":"r1"}""";

    private string Outcome(int units, int left)
    {
        var unit = _random.Next(units + (units / 50) + 1);
        return (left % 3) switch
        {
            0 => Outcome(unit, "purchase", _random.Next(1, 160) * 0.25),
            1 => Outcome(unit, "latency", _random.Next(10, 400)),
            _ => Outcome(unit, "view", 1),
        };
    }

    private string Outcome(int unit, string metric, double value)
    {
        var attributes = metric == "view" && _random.Next(2) == 0
            ? $$""","attributes":{"device/os":"{{(_random.Next(2) == 0 ? "phone" : "desk")}}","re~gion":"{{(_random.Next(2) == 0 ? "it's" : "us")}}"}"""
            : "";
        var seconds = Seconds(-5, Days + 6);
        return $$"""{"type":"outcome","id":"o-{{_id++}}","time":"{{Time(seconds)}}","unit":"u{{unit}}","unitKind":"user","metric":"{{metric}}","value":{{value.ToString(CultureInfo.InvariantCulture)}}{{attributes}}}""";
    }

    private string Odd(int units)
    {
        var unit = _random.Next(units);
        return _random.Next(12) switch
        {
            0 => Exposure(unit, "unknown", "checkout", "user", Seconds(0, Days)),
            1 => Exposure(unit, "fast", "other", "user", Seconds(0, Days)),
            2 => Exposure(unit, "fast", "checkout", "session", Seconds(0, Days)),
            3 => Exposure(unit, "bold", "checkout", "user", Seconds(-2, Days + 2)),
            4 => Exposure(unit, Variants[unit % 4 is 3 ? 0 : unit % 4], "checkout", "user", Seconds(0, Days)),
            5 => Outcome(unit, "other", 1),
            6 => Outcome(unit, "purchase", 3).Replace("\"user\"", "\"session\"", StringComparison.Ordinal),
            7 => Outcome(unit, "purchase", 3).Replace("\"value\":3", "\"value\":\"3\"", StringComparison.Ordinal),
            8 => Outcome(unit, "purchase", 3).Replace($"\"u{unit}\"", "\"\"", StringComparison.Ordinal),
            9 => Exposure(unit, "fast", "checkout", "user", Seconds(0, Days)).Replace("\"id\":", "\"ident\":", StringComparison.Ordinal),
            10 => """{"type":"outcomeCount","v":1,"id":"c","metric":"purchase","count":3,"sum":7}""",
            _ => Outcome(unit, "purchase", 3).Replace("Z\"", "\"", StringComparison.Ordinal).Replace("+01:30\"", "\"", StringComparison.Ordinal),
        };
    }

    // Whole seconds are common, so that times are equal now and then.
    private long Seconds(int from, int to) => ((long)from * 86400) + _random.NextInt64((long)(to - from) * 1440) * 60;

    private string Time(long seconds)
    {
        var time = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds);
        return _random.Next(10) == 0
            ? time.AddMinutes(90).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+01:30'", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
