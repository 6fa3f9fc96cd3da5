using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Validation;

public sealed class PlanValidatorTests
{
    private static readonly Metric Primary = Plans.Simple.Metrics[0];

    public static TheoryData<ExperimentPlan, string> FaultyPlans => new()
    {
        { Plans.Simple with { Experiment = "" }, "The plan has no experiment." },
        { Plans.Simple with { UnitKind = "" }, "The plan has no unit kind." },
        { Plans.Simple with { Variants = [new("a", 1)] }, "The plan has 1 variants." },
        { Plans.Simple with { Variants = [new("a", 1), new("", 1)] }, "A variant has no key." },
        { Plans.Simple with { Variants = [new("a", 1), new("a", 1)] }, "Variant 'a' is in the plan twice." },
        { Plans.Simple with { Variants = [new("a", 1), new("b", -1)] }, "Variant 'b': the weight -1" },
        { Plans.Simple with { Variants = [new("a", 1), new("b", double.NaN)] }, "Variant 'b': the weight NaN" },
        { Plans.Simple with { Variants = [new("a", 0), new("b", 0)] }, "All weights are 0." },
        { Plans.Simple with { End = Plans.Start }, "The end 2026-03-02" },
        { Plans.Simple with { Start = DateTimeOffset.MinValue }, "The start 0001-01-01" },
        { Plans.Simple with { OutcomeWindow = TimeSpan.Zero, Metrics = [Primary with { WindowEnd = TimeSpan.FromDays(1) }] }, "The outcome window" },
        { Plans.Simple with { CovariateWindow = TimeSpan.FromDays(-1) }, "The covariate window -1.00:00:00 is negative." },
        { Plans.Simple with { CovariateWindow = TimeSpan.Zero, Metrics = [Primary with { UseCovariate = true }] }, "The covariate window is zero, but" },
        { Plans.Simple with { Metrics = [] }, "No metric is primary." },
        { Plans.Simple with { Metrics = [Primary with { Role = MetricRole.Secondary }] }, "No metric is primary." },
        { Plans.Simple with { Metrics = [Primary, Primary with { Key = "b" }] }, "The metrics 'conversion' and 'b' are all primary." },
        { Plans.Simple with { Metrics = [Primary, Primary with { Role = MetricRole.Secondary }] }, "Metric 'conversion' is in the plan twice." },
        { Plans.Simple with { Metrics = [Primary with { Key = "" }] }, "A metric has no key." },
        { Plans.Simple with { Mode = (AnalysisMode)9 }, "The mode 9 is unknown." },
        { Plans.Simple with { Alpha = 0 }, "Alpha 0 is not between" },
        { Plans.Simple with { Alpha = double.NaN }, "Alpha NaN is not between" },
        { Plans.Simple with { SampleRatioAlpha = 1 }, "The alpha of the split, 1," },
        { Plans.Simple with { IntendedUnits = 1 }, "1 intended units are too few" },
        { Plans.Simple with { SmallestEffect = 0 }, "The smallest effect 0 is not above 0." },
        { Plans.Simple with { MaxCrossoverShare = 2 }, "The share of crossovers 2 is not" },
    };

    public static TheoryData<Metric, string> FaultyMetrics => new()
    {
        { Primary with { Kind = (MetricKind)9 }, "the kind 9 is unknown." },
        { Primary with { Direction = (MetricDirection)9 }, "the direction 9 is unknown." },
        { Primary with { Outcomes = new("") }, "the outcomes have no metric." },
        { Primary with { Outcomes = new("x") { MinValue = 2, MaxValue = 1 } }, "the least value 2 of the outcomes is above the greatest, 1." },
        { Primary with { Outcomes = new("x") { MinValue = double.NaN } }, "the least value of the outcomes is not finite." },
        { Primary with { Outcomes = new("x") { MaxValue = double.PositiveInfinity } }, "the greatest value of the outcomes is not finite." },
        { Primary with { Outcomes = new("x") { Attributes = new Dictionary<string, string> { [""] = "x" } } }, "an attribute of the outcomes has no name" },
        { Primary with { Outcomes = new("x") { Aggregation = (OutcomeAggregation)9 } }, "the aggregation 9 of the outcomes is unknown." },
        { Primary with { Kind = MetricKind.Ratio }, "a ratio needs a denominator." },
        { Primary with { Kind = MetricKind.Ratio, Denominator = new("") }, "the denominator have no metric." },
        { Primary with { Denominator = new("x") }, "only a ratio has a denominator" },
        { Primary with { Kind = MetricKind.Quantile }, "the level null of the quantile" },
        { Primary with { Kind = MetricKind.Quantile, Level = 1 }, "the level 1 of the quantile" },
        { Primary with { Level = 0.5 }, "only a quantile has a level" },
        { Primary with { Kind = MetricKind.Ratio, Denominator = new("x"), UseCovariate = true }, "a Ratio cannot use a covariate" },
        { Primary with { Kind = MetricKind.Mean, Winsorize = 1 }, "the percentile 1 to winsorize at" },
        { Primary with { Winsorize = 0.9 }, "a Conversion cannot be winsorized" },
        { Primary with { WinsorizeNonZero = true }, "WinsorizeNonZero needs a percentile." },
        { Primary with { WindowStart = TimeSpan.FromDays(-1) }, "the window starts -1.00:00:00 before the exposure." },
        { Primary with { WindowStart = TimeSpan.FromDays(8) }, "the window ends at 7.00:00:00, and starts at 8.00:00:00." },
        { Primary with { WindowEnd = TimeSpan.Zero }, "the window ends at 00:00:00" },
        { Primary with { Margin = 0.1 }, "only a guardrail has a margin" },
    };

    public static TheoryData<Metric, string> FaultyGuardrails => new()
    {
        { Primary, "a guardrail needs a margin." },
        { Primary with { Margin = 0.1, AbsoluteMargin = 1 }, "it has both a Margin and an AbsoluteMargin." },
        { Primary with { Margin = 1 }, "the margin 1 is not from 0 to below 1." },
        { Primary with { AbsoluteMargin = -1 }, "the absolute margin -1 is not 0 or more." },
    };

    [Fact]
    public void SoundPlansHaveNoFaults()
    {
        PlanValidator.Validate(Plans.Simple).Should().BeEmpty();
        PlanValidator.Validate(Plans.Full).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(FaultyPlans))]
    public void FaultOfAPlanIsReported(ExperimentPlan plan, string fault) => PlanValidator.Validate(plan).Should().ContainSingle().Which.Should().StartWith(fault);

    [Theory]
    [MemberData(nameof(FaultyMetrics))]
    public void FaultOfAMetricIsReported(Metric metric, string fault) =>
        PlanValidator.Validate(Plans.Simple with { Metrics = [metric] }).Should().ContainSingle().Which.Should().StartWith($"Metric 'conversion': {fault}");

    [Theory]
    [MemberData(nameof(FaultyGuardrails))]
    public void FaultOfAGuardrailIsReported(Metric metric, string fault) =>
        PlanValidator.Validate(Plans.Simple with { Metrics = [Primary, metric with { Key = "guard", Role = MetricRole.Guardrail }] })
            .Should().ContainSingle().Which.Should().StartWith($"Metric 'guard': {fault}");

    [Fact]
    public void AllFaultsAreThrownTogether()
    {
        var validating = () => PlanValidator.ThrowIfInvalid(Plans.Simple with { Alpha = 2, IntendedUnits = 0, Metrics = [] });

        var thrown = validating.Should().Throw<ExperimentPlanException>().Which;
        thrown.Faults.Should().HaveCount(3);
        thrown.Message.Should().StartWith("The plan of the experiment cannot be analyzed, for 3 reasons:").And.Contain("- Alpha 2 is not between");
    }
}
