using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A unit of work knows the flags that make its result one user's own.</summary>
public sealed class ContextDependentFlagsTests : IAsyncDisposable
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    private static readonly FlagDefinition Personal = Some.Flag("personal").When(Some.Equal("plan", "pro"));

    private readonly List<ServiceProvider> _services = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
    }

    [Fact]
    public void AnswersThatAreTheSameForAllAreNone()
    {
        using var scope = Client(Some.Flag("on") with { Default = "on" }, Some.Flag("disabled").When(Some.Equal("plan", "pro")) with { Enabled = false }).BeginScope();

        scope.IsEnabled("on", Ada).Should().BeTrue();
        scope.IsEnabled("disabled", Ada).Should().BeFalse();
        scope.IsEnabled("missing", Ada).Should().BeFalse();
        scope.GetFrontEndFlags(Ada);

        scope.ContextDependentFlags.Should().BeEmpty();
    }

    [Fact]
    public void EachFlagIsListedOnceWhateverItsAnswer()
    {
        using var scope = Client(Personal, Some.Flag("rollout") with { Default = Some.Rollout(0) }, Some.Text("theme", "dark").When(Some.Equal("plan", "pro"), "dark")).BeginScope();
        var stack = new StackContext("eve");

        scope.IsEnabled("personal", Ada).Should().BeTrue();
        scope.IsEnabled("personal", in stack).Should().BeFalse();
        scope.Get(new FeatureFlag<bool>("rollout", false), Ada).Should().BeFalse();
        scope.GetInteger("theme", Ada, 7).Should().Be(7);

        scope.ContextDependentFlags.Should().Equal("personal", "rollout", "theme");
    }

    [Fact]
    public void ListingsAndExplanationsCount()
    {
        var features = Client(Personal with { ClientVisible = true }, Some.Flag("server").When(Some.Equal("plan", "pro")), Some.Flag("explained").When(Some.Equal("plan", "pro")));
        using var scope = features.BeginScope();

        scope.GetFrontEndFlags(Ada);
        scope.Explain("explained", Ada);

        scope.ContextDependentFlags.Should().Equal("personal", "explained");
    }

    [Fact]
    public void ForcedVariantOfAConstantFlagCounts()
    {
        using var byScope = Client(Some.Flag("checkout") with { ClientVisible = true }).BeginScope();
        using var byContext = Client(Some.Flag("checkout") with { ClientVisible = true }).BeginScope();

        byScope.ForceVariant("checkout", "on", "a tester");
        byScope.IsEnabled("checkout", Ada).Should().BeTrue();
        byContext.GetFrontEndFlags(Ada.WithForcedVariant("checkout", "on", "a tester"));

        byScope.ContextDependentFlags.Should().Equal("checkout");
        byContext.ContextDependentFlags.Should().Equal("checkout");
    }

    [Fact]
    public void ThereIsNoBoundAndThreadsAgree()
    {
        FlagDefinition[] flags = [.. Enumerable.Range(0, 100).Select(i => Some.Flag($"flag-{i}").When(Some.Equal("plan", "pro")))];
        using var scope = Client(flags).BeginScope();

        Parallel.For(0, 400, i => scope.IsEnabled($"flag-{i % 100}", Ada));

        scope.ContextDependentFlags.Should().BeEquivalentTo(flags.Select(flag => flag.Key)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void NextWorkBeginsWithoutThem()
    {
        var features = Client(Personal);
        using (var first = features.BeginScope())
            first.IsEnabled("personal", Ada);

        using var second = features.BeginScope();

        second.ContextDependentFlags.Should().BeEmpty();
    }

    [Fact]
    public async Task SnapshotOfAScopeIsItsUnitOfWork()
    {
        Client(Personal);
        await using var request = _services[^1].CreateAsyncScope();
        var binding = request.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        var work = binding.Begin(reader: null);

        request.ServiceProvider.GetRequiredService<IFeatureSnapshot>().IsEnabled("personal", Ada).Should().BeTrue();
        work.ContextDependentFlags.Should().Equal("personal");
        work.Given.Should().ContainSingle();
        binding.Client.GetSnapshot().Should().BeSameAs(work);

        binding.End();
        request.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Version.Should().Be(work.Version);
    }

    private IFeatureClient Client(params FlagDefinition[] flags)
    {
        var services = new ServiceCollection().AddProgressiveDelivery(builder => builder.FromSnapshot(Some.Snapshot(flags)).BindScopes().Configure(options => options.AllowForcedVariants = true)).BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<IFeatureClient>();
    }
}
