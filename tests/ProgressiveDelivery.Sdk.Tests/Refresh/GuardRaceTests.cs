using ProgressiveDelivery.Sdk.Control;
using static ProgressiveDelivery.Sdk.Tests.Refresh.Guarded;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Guards trip on the threads of requests, while snapshots come and operators act.</summary>
public sealed class GuardRaceTests
{
    private static readonly ControlAct Ada = new("ada", "race");

    [Fact]
    public async Task TripWhileASnapshotSwapsHoldsForItsAttemptOrIsRefused()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));

        for (var attempt = 2; attempt <= 60; attempt++)
        {
            var old = Trip() with { Attempt = attempt - 1 };
            var tripping = Task.Run(() => test.Client.Canary.Trip(old));
            await test.PlayAsync(Rules(attempt, attempt));
            var hasTripped = await tripping;

            test.Answer().Should().Be(("on", EvaluationReason.Default));
            test.Client.Canary.Trips.Should().BeEmpty();
            test.Control.AuditTrail.Count(record => record is { Kind: ControlActKind.GuardTripped } && record.FromVersion == attempt - 1).Should().Be(hasTripped ? 1 : 0);
            test.Control.AuditTrail.Count(record => record is { Kind: ControlActKind.GuardClosed } && record.ToVersion == attempt).Should().Be(hasTripped ? 1 : 0);
        }
    }

    [Fact]
    public async Task TripWithinTheSwapOfASnapshotOfItsAttemptHolds()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        var tripped = new List<bool>();
        // Within the turn of the swap, and once more within the turn of the trip.
        test.Client.Canary.OnChange(() =>
        {
            if (test.Client.Current.Version == 2 && tripped.Count < 2)
                tripped.Add(test.Client.Canary.Trip(Trip() with { Attempt = 2 }));
        });

        await test.PlayAsync(Rules(2, attempt: 2));

        tripped.Should().BeEquivalentTo([true, false]);
        test.Answer().Should().Be(("off", EvaluationReason.Guarded));
        test.Status.SnapshotVersion.Should().Be(2);
    }

    [Fact]
    public async Task ActsOfAllKindsThatRaceLeaveWhatTheirOrderSays()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        using var isOver = new CancellationTokenSource();
        var torn = 0;
        var reader = Loop(() =>
        {
            if (test.Answer() is not (("on", EvaluationReason.Default) or ("off", EvaluationReason.Guarded) or ("old", EvaluationReason.Override)))
                Interlocked.Increment(ref torn);
        });
        var guards = Loop(() =>
        {
            test.Client.Canary.Trip(Trip());
            test.Client.Canary.Move(Position(5));
            test.Client.Canary.Close(Trip(), "good");
        });
        var operators = Loop(() =>
        {
            test.Control.OverrideAsync("f", "old", Ada).Wait();
            test.Control.ResetGuardsAsync("f", Ada).Wait();
            test.Control.StepBackAsync(Ada).Wait();
            test.Control.RemoveOverrideAsync("f", Ada).Wait();
            test.Control.ReleaseAsync(Ada).Wait();
        });

        for (var version = 2; version <= 60; version++)
            await test.PlayAsync(Rules(version));
        await isOver.CancelAsync();
        await Task.WhenAll(reader, guards, operators);
        await test.Control.ReleaseAsync(Ada);
        await test.Control.ResetGuardsAsync("f", Ada);

        torn.Should().Be(0);
        test.Answer().Should().Be(("on", EvaluationReason.Default));
        test.Status.Should().BeEquivalentTo(new { SnapshotVersion = 60L, Control = (object?)null });

        Task Loop(Action act) => Task.Run(() =>
        {
            while (!isOver.IsCancellationRequested)
                act();
        });
    }
}
