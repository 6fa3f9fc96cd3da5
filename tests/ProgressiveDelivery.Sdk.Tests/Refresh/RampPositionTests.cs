using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Steering;
using static ProgressiveDelivery.Sdk.Tests.Refresh.Guarded;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class RampPositionTests
{
    [Fact]
    public async Task PositionLiesOverTheRulesUntilAnotherTakesItsPlace()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        var (first, second, ofDefault) = (Position(5), Position(25), Position(10, rule: null));

        test.Client.Canary.Move(first).Should().BeTrue();
        test.Client.Canary.Move(ofDefault).Should().BeTrue();
        test.Client.Canary.Move(second).Should().BeTrue();
        test.Client.Canary.Move(second).Should().BeTrue();

        test.Client.Canary.Ramps.Should().Equal(ofDefault, second);
        test.Client.Current.Overlay.RampsOf("f").Should().BeEquivalentTo([second, ofDefault]);
        test.Acts().Should().Equal([ControlActKind.StepReached, ControlActKind.StepReached, ControlActKind.StepReached], "the last one is no news");
        test.Control.AuditTrail[0].Should().BeEquivalentTo(new { By = "rollout of rule 'canary'", Reason = "gate open: 500 outcomes", Flag = "f", Guard = (string?)null });
        test.Control.AuditTrail[1].By.Should().Be("rollout of the default");
        test.Status.Control.Should().BeNull("a step that was reached is no departure from the rules");
        test.Control.State.Ramps.Should().Equal(ofDefault, second);
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(5, false)]
    public async Task PauseAndStepBackAreWarned(int reached, bool isPaused)
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Client.Canary.Move(Position(25));

        test.Client.Canary.Move(Position(reached, isPaused) with { Cause = "guard 'errors' tripped" });

        test.Control.AuditTrail[0].Kind.Should().Be(ControlActKind.RampPaused);
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 526 && line.Level == LogLevel.Warning).Which.Message.Should().Contain("guard 'errors' tripped");
        test.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 525 && line.Level == LogLevel.Information);
        (test.Status.Control is not null).Should().Be(isPaused);
    }

    [Fact]
    public async Task PositionAppliesToItsAttemptAlone()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2, attempt: 2));
        test.Client.Canary.Move(Position(50, isPaused: true) with { Attempt = 2 });

        await test.Control.StepBackAsync(new("ada", "INC-1"));
        test.Client.Current.Overlay.RampsOf("f").Should().BeEmpty();
        test.Client.Canary.Move(Position(5));
        test.Client.Current.Overlay.RampsOf("f").Should().Equal(Position(5));

        await test.Control.ReleaseAsync(new("ada", "repaired"));
        test.Client.Current.Overlay.RampsOf("f").Should().Equal(Position(50, isPaused: true) with { Attempt = 2 });
        test.Client.Canary.Ramps.Should().ContainSingle();
    }

    [Fact]
    public async Task ListenersHearOfEachChangeWithinTheTurn()
    {
        await using var test = new ClientUnderTest();
        var heard = new List<(long Version, int Trips, int Ramps)>();
        test.Client.Canary.OnChange(() => heard.Add((test.Client.Current.Version, test.Client.Canary.Trips.Count, test.Client.Canary.Ramps.Count)));

        await test.PlayAsync(Rules(1));
        test.Client.Canary.Move(Position(5));
        test.Client.Canary.Trip(Trip());
        test.Client.Canary.Trip(Trip("warns") with { Response = GuardResponse.Warn });
        await test.PlayAsync(Rules(2, attempt: 2));

        heard.Should().Equal((1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 1), (2, 0, 0));
    }

    [Fact]
    public async Task TooManyTripsForgetThoseOfMissingFlagsFirst()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        var canary = test.Client.Canary;
        canary.Trip(Trip());
        ((GuardActs)canary).Restore(new([.. Enumerable.Range(0, 10_000).Select(number => Trip() with { Flag = $"missing-{number:00000}", Since = Trip().Since.AddSeconds(number) })], []));
        canary.Trip(Trip() with { Flag = "missing-10000", Since = Trip().Since.AddDays(1) });

        canary.Trips.Should().HaveCount(10_000);
        canary.Trips.Select(trip => trip.Flag).Should().Contain(["f", "missing-10000"]).And.NotContain(["missing-00000", "missing-00001"]);
        test.Warnings.Should().ContainSingle(line => line.Id.Id == 528);
        test.Control.AuditTrail.Should().HaveCount(100);
    }

    [Fact]
    public async Task GuardsTakeNoPlaceOfOperatorsInTheTrail()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        await test.Control.OverrideAsync("other", "on", new("ada", "INC-1"));

        for (var number = 0; number < 150; number++)
            test.Client.Canary.Trip(Trip($"guard-{number}"));

        test.Acts().Should().HaveCount(101).And.Contain(ControlActKind.Override);
    }
}
