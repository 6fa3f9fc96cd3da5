using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Failover;

public sealed class SourceListTests
{
    private static readonly SnapshotSourceException Down = new("Down.") { HttpStatus = 503 };
    private static readonly SnapshotSourceException Unauthorized = new("No.") { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 };
    private static readonly TimeSpan JustOver = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FailoverOptions _options = new();

    [Fact]
    public void PreferredSourceIsReadFirstAndThenWatched()
    {
        var list = List("a", "b");

        Next(list).Should().Be("Read a");
        list.Confirmed(list.InUse, 1, isNew: true);

        Next(list).Should().Be("Watch a");
        list.InUse.Changed();
        Next(list).Should().Be("Read a");
    }

    [Fact]
    public void SourceThatHasNotServedIsLeftAtOnceAndAllTakeTurns()
    {
        var list = List("a", "b", "c");

        var turns = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            turns.Add(Next(list));
            list.Failed(list.InUse, Down);
        }

        turns.Should().Equal("Read a", "Read b", "Read c");
        Next(list).Should().StartWith("Pause");
    }

    [Fact]
    public void WhenAllFailTheOneIsReadThatMayBeReadFirst()
    {
        var list = List("a", "b");
        list.Failed(list.InUse, Unauthorized);
        list.Failed(list.InUse, Down);

        var pause = list.Next();
        _time.Advance(pause.Longest!.Value);

        pause.Longest.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void ShortInterruptionOfTheOneInUseIsSatOut()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, Down);
        _time.Advance(TimeSpan.FromMinutes(2) - JustOver);

        Next(list).Should().Be("Read a");
        list.TakeSwitch().Should().BeNull();
    }

    [Fact]
    public void LongInterruptionDemotesTheOneInUse()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, Down);
        _time.Advance(TimeSpan.FromMinutes(2));
        list.Failed(list.InUse, Down);

        Next(list).Should().Be("Read b");
        list.TakeSwitch().Should().BeEquivalentTo(new { From = new { Name = "a" }, To = new { Name = "b" }, IsReturn = false });
        list.TakeSwitch().Should().BeNull();
    }

    [Fact]
    public void InterruptionThatEndsInBetweenBeginsAnew()
    {
        var list = Serving("a", "b");
        list.Failed(list.InUse, Down);
        _time.Advance(TimeSpan.FromMinutes(1.5));
        list.Confirmed(list.InUse, 1, isNew: false);

        _time.Advance(TimeSpan.FromMinutes(1.5));
        list.Failed(list.InUse, Down);

        list.InUse.Name.Should().Be("a");
    }

    [Fact]
    public void PauseThatTheSourceAsksForIsNotSatOutLongerThanPatienceLasts()
    {
        var list = Serving("a", "b");
        list.Failed(list.InUse, new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.FromHours(1) });

        var pause = list.Next();
        _time.Advance(pause.Longest!.Value);

        pause.Should().BeEquivalentTo(new { Step = SourceStep.Pause, Longest = TimeSpan.FromMinutes(2) });
        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void AloneASourceIsNeverLeft()
    {
        var list = Serving("a");

        for (var i = 0; i < 20; i++)
        {
            list.Failed(list.InUse, i % 2 == 0 ? Down : Unauthorized);
            _time.Advance(TimeSpan.FromMinutes(10));
            Next(list).Should().Be("Read a");
        }

        list.Refused(list.InUse);
        list.Refused(list.InUse);
        Next(list).Should().Be("Watch a");
        list.TakeSwitch().Should().BeNull();
    }

    [Fact]
    public void RefusalOfCredentialsDemotesAtOnce()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, Unauthorized);

        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void WebPageDemotesAtOnce()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, new SnapshotSourceException("A page.") { IsWrongContent = true });

        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void SecondRefusedSnapshotDemotes()
    {
        var list = Serving("a", "b");

        list.Refused(list.InUse);
        var first = Next(list);
        list.InUse.Changed();
        list.Refused(list.InUse);

        first.Should().Be("Watch a");
        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void RefusedSnapshotsThatAreNoRowDemoteNobody()
    {
        var list = Serving("a", "b");

        for (var version = 2; version < 10; version++)
        {
            list.Refused(list.InUse);
            list.Confirmed(list.InUse, version, isNew: true);
        }

        list.InUse.Name.Should().Be("a");
    }

    [Fact]
    public void PreferredSourceIsTriedAfterTheLesserServedForAWhile()
    {
        var list = OnLesser();

        _time.Advance(TimeSpan.FromMinutes(5) - JustOver);
        var early = Next(list);
        _time.Advance(TimeSpan.FromSeconds(31));

        early.Should().Be("Watch b");
        list.Next().Should().BeEquivalentTo(new { Step = SourceStep.Try, Source = new { Name = "a" }, Longest = TimeSpan.FromMinutes(1) });
        list.InUse.Name.Should().Be("b");
    }

    [Fact]
    public void WatchOfTheLesserEndsWhenATryIsDue()
    {
        var list = OnLesser();

        list.Next().Longest.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5)).And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(5.5));
    }

    [Fact]
    public void FailedTryLeavesTheLesserInUseAndTheNextIsAFullPeriodLater()
    {
        var list = OnLesser();
        _time.Advance(TimeSpan.FromMinutes(5.5));

        list.Failed(list.Next().Source, Down);

        Next(list).Should().Be("Watch b");
        _time.Advance(TimeSpan.FromMinutes(5) - JustOver);
        Next(list).Should().Be("Watch b");
        _time.Advance(TimeSpan.FromSeconds(31));
        Next(list).Should().Be("Try a");
        list.InUse.HasServed.Should().BeTrue();
    }

    [Fact]
    public void PreferredSourceThatConfirmsIsTakenBack()
    {
        var list = OnLesser();
        list.TakeSwitch();
        _time.Advance(TimeSpan.FromMinutes(5.5));

        list.Confirmed(list.Next().Source, 1, isNew: false);

        list.InUse.Name.Should().Be("a");
        list.TakeSwitch().Should().BeEquivalentTo(new { From = new { Name = "b" }, To = new { Name = "a" }, IsReturn = true });
        Next(list).Should().Be("Watch a");
        list.Next().Longest.Should().BeNull();
    }

    [Fact]
    public void FlappingLesserDoesNotPutOffTheTry()
    {
        var list = OnLesser();

        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            if (Next(list) == "Try a")
                return;
            list.Failed(list.InUse, Down);
            list.Confirmed(list.InUse, 1, isNew: false);
        }

        Assert.Fail("The preferred source was never tried.");
    }

    [Fact]
    public void SeveralPreferredSourcesTakeTurnsAtBeingTried()
    {
        var list = List("a", "b", "c");
        list.Failed(list.InUse, Down);
        list.Failed(list.InUse, Down);
        list.Confirmed(list.InUse, 1, isNew: true);
        var tried = new List<string>();

        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(5.5));
            tried.Add(Next(list));
            list.Failed(list.Next().Source, Down);
        }

        tried.Should().Equal("Try a", "Try b", "Try a", "Try b");
    }

    [Fact]
    public void PreferredSourceIsNotTriedBeforeThePauseIsOverThatItAskedFor()
    {
        var list = Serving("a", "b");
        list.Failed(list.InUse, new SnapshotSourceException("Busy.") { RetryAfter = TimeSpan.FromMinutes(30) });
        _time.Advance(TimeSpan.FromMinutes(2));
        Next(list).Should().Be("Read b");
        list.Confirmed(list.InUse, 1, isNew: false);

        _time.Advance(TimeSpan.FromMinutes(20));
        var early = Next(list);
        _time.Advance(TimeSpan.FromMinutes(10));

        early.Should().Be("Watch b");
        Next(list).Should().Be("Try a");
    }

    [Fact]
    public void StoppedSourceIsNeverReadAgain()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, new SnapshotSourceException("Gone.") { IsFinal = true });
        list.Confirmed(list.InUse, 1, isNew: false);
        _time.Advance(TimeSpan.FromDays(1));

        Next(list).Should().Be("Watch b");
        list.Failed(list.InUse, Down);
        _time.Advance(TimeSpan.FromDays(1));
        Next(list).Should().Be("Read b");
    }

    [Fact]
    public void WhenAllAreStoppedNothingIsDoneAnyMore()
    {
        var list = Serving("a", "b");

        list.Failed(list.InUse, new SnapshotSourceException("Gone.") { IsFinal = true });
        list.Failed(list.InUse, new SnapshotSourceException("Gone.") { IsFinal = true });

        list.Next().Should().BeEquivalentTo(new { Step = SourceStep.Pause, Longest = (TimeSpan?)null });
    }

    [Fact]
    public void NewRulesOfOnePutAllOthersOutOfStep()
    {
        var script = new ScriptedSource("a");
        var list = List([new PatchingSource(script), new ScriptedSource("b")]);
        var a = list.InUse;
        list.Confirmed(a, 1, isNew: true);
        list.Failed(a, Unauthorized);

        list.Confirmed(list.InUse, 1, isNew: false);
        var same = a.IsInStep;
        list.Confirmed(list.InUse, 2, isNew: true);

        same.Should().BeTrue();
        a.IsInStep.Should().BeFalse();
        a.Version.Should().Be(1);
        script.StartsOver.Should().Be(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void SourceThatSaysNothingIsReadAgainAfterTheLongestWait(int quietSeconds)
    {
        var list = List([new ScriptedSource("a")], TimeSpan.FromSeconds(30));
        list.Confirmed(list.InUse, 1, isNew: true);

        _time.Advance(TimeSpan.FromSeconds(quietSeconds));

        Next(list).Should().Be(quietSeconds < 30 ? "Watch a" : "Read a");
        if (quietSeconds == 0)
            list.Next().Longest.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void SourceThatCannotWaitIsLeftAloneForAPauseAndStaysInUse()
    {
        var list = Serving("a", "b");

        var pause = list.WatchFailed(list.InUse, new NotSupportedException());

        Next(list).Should().Be("Pause a");
        _time.Advance(pause);
        Next(list).Should().Be("Read a");
    }

    [Fact]
    public void PausesAreWholeMillisecondsAndNeverTooShort()
    {
        var list = Serving("a");
        list.Failed(list.InUse, Down);
        var pause = list.Next().Longest!.Value;

        _time.Advance(pause);

        pause.Ticks.Should().BePositive();
        (pause.Ticks % TimeSpan.TicksPerMillisecond).Should().Be(0);
        Next(list).Should().Be("Read a");
    }

    private SourceList OnLesser()
    {
        var list = Serving("a", "b");
        list.Failed(list.InUse, new SnapshotSourceException("A page.") { IsWrongContent = true });
        list.Confirmed(list.InUse, 1, isNew: false);
        return list;
    }

    private SourceList Serving(params string[] names)
    {
        var list = List(names);
        list.Confirmed(list.InUse, 1, isNew: true);
        return list;
    }

    private SourceList List(params string[] names) => List([.. names.Select(name => new ScriptedSource(name))]);

    private SourceList List(IReadOnlyList<ISnapshotSource> sources, TimeSpan? longestWait = null) =>
        new(sources, _options, longestWait, _time, new(1));

    private static string Next(SourceList list)
    {
        var (step, source, _) = list.Next();
        return $"{step} {source.Name}";
    }
}
