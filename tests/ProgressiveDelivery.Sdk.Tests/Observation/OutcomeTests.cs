using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Outcomes are recorded for every unit that an analysis may join them by.</summary>
public sealed class OutcomeTests : IEventQueue
{
    private readonly FakeTimeProvider _clock = new(Some.Monday);
    private readonly List<OutcomeEvent> _taken = [];
    private readonly List<(string, double)> _refused = [];
    private readonly List<EventLossCause> _causes = [];

    [Fact]
    public void OutcomeNamesItsUnitMetricAndValue()
    {
        Track(new("ada"), 12.5, Some.Flag());

        _taken.Single().Should().BeEquivalentTo(new { Time = Some.Monday, Unit = "ada", UnitKind = "targetingKey", Metric = "purchase", Value = 12.5 });
    }

    [Fact]
    public void OutcomeIsRecordedForEveryUnitOfTheExperiments()
    {
        var byAccount = ((ExperimentOutcome)Some.Experiment("x", ("on", 1))) with { By = ["account"] };
        var byUser = Some.Experiment("y", ("on", 1));

        Track(new("ada") { ["account"] = "acme" }, 1, Some.Flag("a") with { Default = byAccount }, Some.Flag("b") with { Default = byUser }, Some.Flag("c") with { Default = byAccount });
        Track(new("eve"), 1, Some.Flag("a") with { Default = byAccount });

        _taken.Select(outcome => (outcome.UnitKind, outcome.Unit)).Should().Equal(("targetingKey", "ada"), ("account", "acme"), ("targetingKey", "eve"));
        _taken.Should().OnlyHaveUniqueItems(outcome => outcome.Id);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ValueThatIsNotFiniteIsRefused(double value)
    {
        Track(new("ada"), value, Some.Flag());

        _taken.Should().BeEmpty();
        _refused.Should().Equal(("purchase", value));
        _causes.Should().Equal([EventLossCause.Invalid], "the meter counts it too");
    }

    [Fact]
    public void ContextWithoutAUnitHasNoOutcome()
    {
        Track(EvaluationContext.Empty, 1, Some.Flag());

        _taken.Should().BeEmpty();
    }

    bool IEventQueue.TryEnqueue(FeatureEvent occurred)
    {
        _taken.Add((OutcomeEvent)occurred);
        return true;
    }

    void IEventQueue.Refuse(EventLossCause cause) => _causes.Add(cause);

    private void Track(EvaluationContext context, double value, params FlagDefinition[] flags) =>
        new OutcomeRecorder(new([]), this, backends: null, (metric, refused) => _refused.Add((metric, refused)), Some.Services().Evaluation, _clock)
            .Record("purchase", context, value, Some.Snapshot(flags).Compile().Rules);
}
