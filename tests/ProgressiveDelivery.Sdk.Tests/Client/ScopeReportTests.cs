using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Tests.Observation;
#if NET9_0_OR_GREATER
using ProgressiveDelivery.Sdk.Tests.Support;
#endif
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Outcomes seen later in a unit of work reach the watches of the variants given in it.</summary>
public sealed class ScopeReportTests
{
    private readonly ExecutionUnderTest _test = new();
    private readonly NotedWatch _on = new("payment-ms");
    private readonly NotedWatch _off = new("payment-ms", needsUnit: true);

    public ScopeReportTests() => (_test.Watcher["checkout", "on"], _test.Watcher["checkout", "off"]) = ([_on, _test.On], [_off]);

    [Fact]
    public void ValueReachesTheWatchesOfTheMetricOfEachGivenVariant()
    {
        using var scope = _test.Scopes.Begin(_test.Put(Flag(Some.Split(("on", 50), ("off", 50)))));
        scope.Report("payment-ms", 1);
        for (var unit = 0; unit < 8; unit++)
            scope.Get(Checkout, new($"unit-{unit}"));

        scope.Report("payment-ms", 250.5);
        scope.Report("cart-size", 3);

        var given = scope.Given;
        given.Select(one => one.Variant).Distinct().Should().HaveCount(2);
        _on.Noted.Should().Equal(Enumerable.Repeat(new ObservedOutcome(OutcomeResult.Success, 0, 250.5), given.Count(one => one.Variant == "on")));
        _off.Noted.Select(outcome => outcome.Unit).Should().Equal(given.Where(one => one.Variant == "off").Select(one => UnitHash.Of(one.Unit)));
        _test.On.Noted.Should().BeEmpty("it watches calls");
        _test.Calls.Should().BeEmpty("a value is no call");
    }

    [Fact]
    public void TrackedValueReachesThemToo()
    {
        using var scope = _test.Scopes.Begin(_test.Put(Flag("on")));
        scope.Get(Checkout, Ada);

        scope.Track("payment-ms", Ada, 12);

        _on.Noted.Single().Value.Should().Be(12);
    }

    [Fact]
    public void VariantThatTheRulesDidNotChooseDoesNotCount()
    {
        using (var killed = _test.Scopes.Begin(_test.Put(Flag("off"), OverlayEntry.Of(new SnapshotKill(9, "checkout", "on")))))
        {
            killed.Get(Checkout, Ada).Should().BeTrue();
            killed.Report("payment-ms", 1);
        }

        using var forced = _test.Scopes.Begin(_test.Put(Flag("off")));
        forced.ForceVariant("checkout", "on", "qa");
        forced.Get(Checkout, Ada).Should().BeTrue();
        forced.Report("payment-ms", 1);

        _on.Noted.Should().BeEmpty();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void ValueThatIsNotFiniteIsRefused(double value)
    {
        using var scope = _test.Scopes.Begin(_test.Put(Flag("on")));
        scope.Get(Checkout, Ada);

        scope.Report("payment-ms", value);
        scope.Track("payment-ms", Ada, value);

        _on.Noted.Should().BeEmpty();
        _test.Refused.Should().Equal(("payment-ms", value), ("payment-ms", value));
    }

    [Fact]
    public void WatchThatChangesTheRulesMayUseTheScope()
    {
        IReadOnlyList<GivenVariant>? seen = null;
        IFeatureScope? scope = null;
        _test.Watcher["checkout", "on"] = [new NotedWatch("payment-ms") { Observed = () => seen = Task.Run(() => scope!.Given).WaitAsync(Refresh.Until.Patience).Result }];
        using var begun = scope = _test.Scopes.Begin(_test.Put(Flag("on")));
        scope.Get(Checkout, Ada);

        scope.Report("payment-ms", 1);

        seen.Should().ContainSingle();
    }

    [Fact]
    public void BadCallsAreRefused()
    {
        var scope = _test.Scopes.Begin(_test.Features);

        FluentActions.Invoking(() => scope.Report("", 1)).Should().Throw<ArgumentException>();
        scope.Dispose();
        FluentActions.Invoking(() => scope.Report("payment-ms", 1)).Should().Throw<ObjectDisposedException>();
    }

#if NET9_0_OR_GREATER
    [Theory]
    [InlineData("payment-ms")]
    [InlineData("unheard")]
    public void ReportAllocatesNothing(string metric)
    {
        _test.Watcher["checkout", "on"] = [new SilentWatch("payment-ms", needsUnit: true)];
        using var scope = _test.Scopes.Begin(_test.Put(Flag(Some.Experiment("checkout-test", ("on", 1)) with { By = ["account"] })));
        scope.Get(Checkout, Ada);

        Allocated.By(() => scope.Report(metric, 1)).Should().Be(0);
    }
#endif
}
