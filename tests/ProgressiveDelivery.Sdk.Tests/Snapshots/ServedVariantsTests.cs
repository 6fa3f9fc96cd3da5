using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

/// <summary>The description of a flag says what it can serve as it stands.</summary>
public sealed class ServedVariantsTests
{
    private static readonly FlagDefinition Ruled = Some.Flag().When(Some.Equal("plan", "pro"));

    public static TheoryData<FlagDefinition, bool, string[]?> Cases => new()
    {
        { Some.Flag(), true, ["off"] },
        { Some.Flag() with { Default = null }, true, [] },
        { Ruled, false, ["on", "off"] },
        { Some.Flag().When(Some.Equal("plan", "pro"), "off"), false, ["off"] },
        { Ruled with { Enabled = false, OffVariant = "off" }, true, ["off"] },
        { Ruled with { Enabled = false }, true, [] },
        { Some.Flag() with { Default = Some.Rollout(0) }, false, ["on"] },
        { Some.Flag() with { Default = Some.Split(("on", 0), ("off", 100)) }, false, ["off"] },
        { (Some.Flag() with { Default = "on", OffVariant = "off" }).Requiring("other", "on"), false, ["on", "off"] },
        { Some.Flag() with { Default = new StepsOutcome([new() { Serve = "on" }]) }, false, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task RulesDecide(FlagDefinition flag, bool isConstant, string[]? served)
    {
        await using var services = Services(flag);

        var info = Describe(services);

        info.IsConstant.Should().Be(isConstant);
        info.ServedVariants.Should().Equal(served);
    }

    [Fact]
    public async Task OverlayComesBeforeTheRules()
    {
        await using var services = Services(Ruled);
        await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await services.GetRequiredService<ISnapshotControl>().OverrideAsync("flag", "off", new("ops", "a fault"));

        var info = Describe(services);

        info.Overlay.Should().Be(EvaluationReason.Override);
        info.IsConstant.Should().BeTrue();
        info.ServedVariants.Should().Equal("off");
    }

    private static FlagInfo Describe(ServiceProvider services)
    {
        var features = services.GetRequiredService<IFeatureClient>();
        features.IsEnabled("flag", EvaluationContext.Empty);
        return features.GetSnapshot().Flags.Single(flag => flag.Key == "flag");
    }

    private static ServiceProvider Services(FlagDefinition flag) =>
        new ServiceCollection().AddProgressiveDelivery(builder => builder.FromSnapshot(Some.Snapshot(flag, Some.Flag("other")))).BuildServiceProvider();
}
