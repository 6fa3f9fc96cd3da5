using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class UnknownFlagsTests
{
    private static readonly EvaluationContext User = new("u");

    private readonly FakeLogger _log = new();
    private readonly EvaluationCounters _counters = new();

    [Fact]
    public void FirstTimeIsAWarningWithASuggestionAndThenOnlyCounted()
    {
        var flags = Some.Snapshot(Some.Flag("new-checkout"), Some.Flag("banner")).Open(Some.Services(counters: _counters, logger: _log));

        for (var i = 0; i < 5; i++)
            flags.IsEnabled("new-chekout", User, fallback: true).Should().BeTrue();
        flags.EvaluateString("nothing-like-it", User, null).Reason.Should().Be(EvaluationReason.FlagNotFound);

        _log.Collector.GetSnapshot().Select(record => (record.Level, record.Message.Contains("did you mean 'new-checkout'?", StringComparison.Ordinal))).Should().Equal(
            (LogLevel.Warning, true), (LogLevel.Warning, false));
        _counters.UnknownFlags.Should().Be(6);
    }

    [Fact]
    public void EveryWayToAskIsCounted()
    {
        var flags = Some.Snapshot(Some.Flag()).Open(Some.Services(counters: _counters));
        var stack = new StackContext("u");
        var handle = new FeatureFlag<int>("missing", 5);

        flags.IsEnabled("missing", in stack, false).Should().BeFalse();
        flags.Get(handle, User).Should().Be(5);
        flags.Get(handle, in stack).Should().Be(5);
        flags.Evaluate(handle, User).Reason.Should().Be(EvaluationReason.FlagNotFound);
        flags.Evaluate(handle, in stack).Error.Should().Contain("no such flag");
        flags.GetJson("missing", User, new Theme("", 0), TestJson.Default.Theme).Depth.Should().Be(0);

        _counters.UnknownFlags.Should().Be(6);
    }

    [Fact]
    public void WarningsAreBoundedHoweverManyKeysAreMadeUp()
    {
        var flags = Some.Snapshot(Some.Flag()).Open(Some.Services(counters: _counters, logger: _log));

        for (var i = 0; i < 3_000; i++)
            flags.IsEnabled($"made-up-{i}", User);

        _log.Collector.Count.Should().Be(1_000);
        _counters.UnknownFlags.Should().Be(3_000);
    }

    [Fact]
    public void FlagThatIsReadAsAnotherTypeIsOneWarning()
    {
        var flags = Some.Snapshot(Some.Flag("new-checkout") with { Default = "on" }, Some.Flag("other") with { Default = "on" }).Open(Some.Services(counters: _counters, logger: _log));

        for (var i = 0; i < 5; i++)
            flags.GetString("new-checkout", User, "classic").Should().Be("classic");
        flags.EvaluateInteger("new-checkout", User, 7).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.EvaluateNumber("other", User, 7).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.IsEnabled("new-checkout", User).Should().BeTrue();

        _log.Collector.GetSnapshot().Select(record => (record.Level, record.Message)).Should().Equal(
            (LogLevel.Warning, "Flag 'new-checkout' is of type Boolean in snapshot 1, and its value cannot be read as String; callers get their fallback. Read it as the flag's type, or change the flag. Further evaluations of this flag are not logged."),
            (LogLevel.Warning, "Flag 'other' is of type Boolean in snapshot 1, and its value cannot be read as Double; callers get their fallback. Read it as the flag's type, or change the flag. Further evaluations of this flag are not logged."));
        _counters.UnknownFlags.Should().Be(0);
    }

    [Fact]
    public void LookWithoutEffectsAtAnotherTypeIsNoWarning()
    {
        var flags = Some.Snapshot(Some.Flag("new-checkout") with { Default = "on" }).Open(Some.Services(counters: _counters, logger: _log));

        flags.Look(new FeatureFlag<string>("new-checkout", "classic"), User).Reason.Should().Be(EvaluationReason.TypeMismatch);
        flags.WithoutEffects().GetString("new-checkout", User, "classic").Should().Be("classic");

        _log.Collector.Count.Should().Be(0);
    }

    [Fact]
    public void StrictModeThrowsEachTime()
    {
        var flags = Some.Snapshot(Some.Flag("new-checkout")).Open(Some.Services(strict: true));

        for (var i = 0; i < 2; i++)
            flags.Invoking(asked => asked.IsEnabled("new-chekout", User)).Should().Throw<UnknownFlagException>().WithMessage("*'new-chekout'*did you mean 'new-checkout'?*");
        flags.IsEnabled("new-checkout", User).Should().BeFalse();
    }

    [Fact]
    public void KeysAreCaseSensitive()
    {
        var flags = (Some.Flag("Checkout") with { Default = "on" }).Open();

        flags.IsEnabled("Checkout", User).Should().BeTrue();
        flags.EvaluateBoolean("checkout", User).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }
}
