using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Managers;

/// <summary>Session managers answer first, and learn each answer.</summary>
public sealed class SessionManagerTests
{
    private readonly Session _first = new();
    private readonly Session _second = new();

    [Fact]
    public async Task FirstSessionWithAnAnswerGivesIt()
    {
        await using var services = Services();
        _first.Stored["f"] = null;
        _second.Stored["f"] = false;

        (await services.Manager().IsEnabledAsync("f")).Should().BeFalse();

        _first.Told.Should().Equal(("f", false));
        _second.Told.Should().Equal(("f", false));
    }

    [Fact]
    public async Task SessionsLearnTheAnswer()
    {
        await using var services = Services();

        (await services.Manager().IsEnabledAsync("f")).Should().BeTrue();
        (await services.VariantManager().IsEnabledAsync("missing", Some.User("ada"))).Should().BeFalse();

        _first.Told.Should().Equal(("f", true), ("missing", false));
    }

    [Fact]
    public async Task SnapshotTellsOnce()
    {
        await using var services = Services();
        using var scope = services.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>();

        await manager.IsEnabledAsync("f");
        await manager.IsEnabledAsync("f");

        _first.Told.Should().Equal(("f", true));
    }

    [Fact]
    public async Task VariantsAreNoAnswersOfASession()
    {
        await using var services = Services();
        _first.Stored["text"] = false;

        (await services.VariantManager().GetVariantAsync("text")).Name.Should().Be("only");

        _first.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task AnswerOfASessionIsNoEvaluation()
    {
        await using var services = Services();
        _first.Stored["f"] = true;
        using var scope = services.CreateScope();

        (await scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>().IsEnabledAsync("f")).Should().BeTrue();

        scope.ServiceProvider.GetRequiredService<IFeatureScope>().Given.Should().BeEmpty();
    }

    private ServiceProvider Services() => Some.Services(
        [Some.Flag("f"), Some.Of("text", FlagType.String, "a")],
        more => more.AddSingleton<ISessionManager>(_first).AddSingleton<ISessionManager>(_second));

    private sealed class Session : ISessionManager
    {
        public Dictionary<string, bool?> Stored { get; } = [];

        public List<(string Feature, bool Enabled)> Told { get; } = [];

        public Task SetAsync(string featureName, bool enabled)
        {
            Told.Add((featureName, enabled));
            return Task.CompletedTask;
        }

        public Task<bool?> GetAsync(string featureName) => Task.FromResult(Stored.GetValueOrDefault(featureName));
    }
}
