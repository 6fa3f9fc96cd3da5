using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Faults.Guards;

/// <summary>A guard trips on proof, at once and exactly once, and on nothing else.</summary>
public sealed class TripTests : GuardScenario
{
    [Fact]
    [Scenario("E10")]
    public async Task E10_NothingTripsWithoutDataBelowTheFloorOrForNoiseAndFailuresTripOnce()
    {
        Source.Set(Guarded(1, guards: Errors.Replace("\"then\"", "\"minimumOutcomes\": 20, \"then\"", StringComparison.Ordinal)));
        var subject = await StartAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        GuardOf(subject).Result.Should().Be(GuardResult.NoData, "that is not fine");

        Fail(subject, 3).Should().Be(3);
        GuardOf(subject).Should().BeEquivalentTo(new { Result = GuardResult.Inconclusive, Outcomes = 3L, Bad = 3L, Trip = (GuardTrip?)null });

        for (var unit = 0; unit < 5_000; unit++)
        {
            if (unit % 50 == 0)
                Fail(subject, 1);
            else
                Call(subject, unit);
        }

        GuardOf(subject).Should().BeEquivalentTo(new { Result = GuardResult.Fine, Trip = (GuardTrip?)null });

        Parallel.For(0, 8, _ => Fail(subject, 500));
        GuardOf(subject).Result.Should().Be(GuardResult.Bad, "it does not grow deaf");
        TripsIn(subject).Should().Be(1);
        Fail(subject, 100).Should().Be(0, "nobody gets the variant");
    }

    [Fact]
    [Scenario("W26")]
    public async Task W26_VariantThatFailsIsRevertedWithinRequestsAndNotWithinADay()
    {
        var subject = await StartAsync();
        for (var unit = 0; unit < 1_000; unit++)
            Call(subject, unit);
        var begin = Clock.GetUtcNow();

        var failed = Fail(subject, 1_000);

        failed.Should().BeInRange(1, 100);
        Clock.GetUtcNow().Should().Be(begin, "no time passes before it");
        var answer = subject.Client.Evaluate(Checkout, new EvaluationContext("unit-1"));
        (answer.Value, answer.Variant, answer.Reason).Should().Be((false, "off", EvaluationReason.Guarded));
    }

    [Fact]
    [Scenario("R4")]
    public async Task R04_RampAdmitsMoreAndItsRollbackTakesTheAddedOnly()
    {
        var serve = (int percent) => $$"""{"rollout": {"to": "on", "percent": {{percent}} }, "else": "off"}""";
        Source.Set(Guarded(1, serve: serve(10)));
        var subject = await StartAsync();
        var steps = new List<HashSet<int>> { Admitted(subject) };
        foreach (var (version, percent) in new[] { (2, 20), (3, 50), (4, 100), (5, 20) })
        {
            Source.Set(Guarded(version, serve: serve(percent)));
            await subject.VersionAsync(version);
            steps.Add(Admitted(subject));
        }

        for (var step = 1; step < 4; step++)
            steps[step - 1].Should().BeSubsetOf(steps[step]);
        steps[3].Should().HaveCount(2_000);
        steps[4].Should().BeEquivalentTo(steps[1], "those who joined last leave first");
    }

    private static HashSet<int> Admitted(Subject subject) =>
        [.. Enumerable.Range(0, 2_000).Where(unit => subject.Client.Get(Checkout, new EvaluationContext($"unit-{unit}")))];
}
