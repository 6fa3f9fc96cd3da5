using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class ServedSamplerTests
{
    private readonly FakeTimeProvider _clock = new(PageUnderTest.Now);
    private readonly CountingDiagnostics _diagnostics = new();
    private long _on;

    public ServedSamplerTests() => _diagnostics.Counts = () => [new("a", "on", EvaluationReason.Split, _on)];

    [Fact]
    public void CountingBeginsWithTheSampler()
    {
        using var sampler = new ServedSampler(_diagnostics, _clock);

        _diagnostics.Counting.Should().Be(1);
        sampler.LastMinute.Span.Should().Be(TimeSpan.Zero);
        sampler.PerSecond.Should().BeEmpty();
    }

    [Fact]
    public void CountsFromBeforeTheStartAreNoAnswersOfTheLastMinute()
    {
        _on = 1_000_000;
        using var sampler = new ServedSampler(_diagnostics, _clock);

        Serve(30);

        sampler.LastMinute.Of("a").Of("on").Should().Be(30);
        sampler.PerSecond.Should().Equal((PageUnderTest.Now.AddSeconds(10), 3.0));
    }

    [Fact]
    public void OnlyTheLastMinuteIsSummed()
    {
        using var sampler = new ServedSampler(_diagnostics, _clock);
        Serve(1000);
        for (var i = 0; i < 6; i++)
            Serve(10);

        sampler.LastMinute.Of("a").Total.Should().Be(60);
        sampler.LastMinute.Span.Should().Be(TimeSpan.FromMinutes(1));
        sampler.LastMinute.Title.Should().Be("last minute");
    }

    [Fact]
    public void ACountThatBeganAnewCountsFromZero()
    {
        using var sampler = new ServedSampler(_diagnostics, _clock);
        Serve(500);

        _on = 7;
        _clock.Advance(ServedSampler.Period);

        sampler.LastMinute.Of("a").Of("on").Should().Be(507);
        sampler.PerSecond[^1].PerSecond.Should().Be(0.7);
    }

    [Fact]
    public void RatesAreKeptForAQuarterOfAnHour()
    {
        using var sampler = new ServedSampler(_diagnostics, _clock);
        for (var i = 1; i <= 100; i++)
            Serve(i * 10);

        sampler.PerSecond.Should().HaveCount(90);
        sampler.PerSecond[0].Should().Be((PageUnderTest.Now.AddSeconds(110), 11.0));
        sampler.PerSecond[^1].Should().Be((PageUnderTest.Now.AddSeconds(1000), 100.0));
    }

    [Fact]
    public void AReadingThatFailsIsMadeUpByTheNext()
    {
        using var sampler = new ServedSampler(_diagnostics, _clock);
        var counts = _diagnostics.Counts;
        _diagnostics.Counts = static () => throw new InvalidOperationException("closed");
        Serve(20);
        sampler.PerSecond.Should().BeEmpty();

        _diagnostics.Counts = counts;
        Serve(20);

        sampler.PerSecond.Should().Equal((PageUnderTest.Now.AddSeconds(20), 2.0));
        sampler.LastMinute.Of("a").Total.Should().Be(40);
    }

    [Fact]
    public void NothingIsSampledAfterTheEnd()
    {
        var sampler = new ServedSampler(_diagnostics, _clock);
        Serve(10);
        sampler.Dispose();

        Serve(10);

        sampler.PerSecond.Should().ContainSingle();
    }

    [Fact]
    public void ReadingsOfMoreThanAMinuteAgoAreNotKept()
    {
        var readings = new List<WeakReference>();
        _diagnostics.Counts = () => [new("a", Marked(readings), EvaluationReason.Split, _on)];
        using var sampler = new ServedSampler(_diagnostics, _clock);

        for (var i = 0; i < 30; i++)
            Serve(10);

        GC.Collect();
        readings.Count(static reading => reading.IsAlive).Should().Be(6);
    }

    [Fact]
    public void EachOfTenThousandFlagsHasItsOwnCounts()
    {
        var keys = Enumerable.Range(0, 10_000).Select(static i => "flag-" + i).ToArray();
        _diagnostics.Counts = () => [.. keys.SelectMany(key => new ServedCount[] { new(key, "on", EvaluationReason.Split, _on * 3), new(key, "off", EvaluationReason.Split, _on * 7) })];
        using var sampler = new ServedSampler(_diagnostics, _clock);

        for (var i = 0; i < 7; i++)
            Serve(1);

        sampler.LastMinute.Of("flag-9999").Of("off").Should().Be(42);
        sampler.LastMinute.Of("flag-9999").Total.Should().Be(60);
    }

    [Fact]
    public void ReasonsAreCountedTheMostFrequentFirst()
    {
        _diagnostics.Counts = () => [new("a", "on", EvaluationReason.Split, _on), new("a", "off", EvaluationReason.Guarded, _on * 2), new("a", "on", EvaluationReason.Default, _on / 2), new("b", null, EvaluationReason.Error, _on)];
        using var sampler = new ServedSampler(_diagnostics, _clock);

        Serve(10);

        sampler.LastMinute.Of("a").ByReason.Should().Equal((EvaluationReason.Guarded, 20), (EvaluationReason.Split, 10), (EvaluationReason.Default, 5));
        sampler.LastMinute.Of("b").Of(null).Should().Be(10);
        sampler.LastMinute.Of("c").Total.Should().Be(0);
    }

    // A text of its own for each reading: whatever keeps the reading keeps the text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Marked(List<WeakReference> readings)
    {
        var variant = new string(['o', 'n']);
        readings.Add(new(variant));
        return variant;
    }

    private void Serve(long count)
    {
        _on += count;
        _clock.Advance(ServedSampler.Period);
    }
}
