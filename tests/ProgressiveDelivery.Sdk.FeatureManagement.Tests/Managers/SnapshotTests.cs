using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Managers;

/// <summary>A snapshot has one ruleset and one answer for its scope.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task SnapshotKeepsItsRulesWhereTheManagerFollows()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("asked"), Some.Flag("unasked"), Some.Of("text", FlagType.String, "a")));
        await using var services = Some.Services(source);
        using var scope = services.CreateScope();
        var (frozen, variants) = (scope.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>(), scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>());
        (await frozen.IsEnabledAsync("asked")).Should().BeTrue();

        source.Set(new SnapshotDefinition { Version = 2, Flags = [Some.Flag("asked", isOn: false), Some.Flag("unasked", isOn: false), Some.Of("text", FlagType.String, "b")] });
        await Until.HoldsAsync(() => services.GetRequiredService<IFeatureClient>().Status.SnapshotVersion == 2);

        (await frozen.IsEnabledAsync("unasked")).Should().BeTrue("also a flag that is new to the scope is answered from the same rules");
        (await variants.IsEnabledAsync("unasked", Some.User("ada"))).Should().BeTrue();
        (await variants.GetVariantAsync("text")).Configuration.Value.Should().Be("a");
        (await scope.ServiceProvider.Manager().IsEnabledAsync("asked")).Should().BeFalse("no unit of work has begun in the scope");
        using var next = services.CreateScope();
        (await next.ServiceProvider.GetRequiredService<IFeatureManagerSnapshot>().IsEnabledAsync("asked")).Should().BeFalse();
    }

    [Fact]
    public async Task InAUnitOfWorkTheManagerIsFrozenToo()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("f")));
        await using var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.From(_ => source).BindScopes().ServeFeatureManagement()).BuildServiceProvider(true);
        await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(null);
        var manager = scope.ServiceProvider.Manager();

        source.Set(new SnapshotDefinition { Version = 2, Flags = [Some.Flag("f", isOn: false)] });
        await Until.HoldsAsync(() => services.GetRequiredService<IFeatureClient>().Status.SnapshotVersion == 2);

        (await manager.IsEnabledAsync("f")).Should().BeTrue();
        (await services.Manager().IsEnabledAsync("f")).Should().BeFalse();
        scope.ServiceProvider.GetRequiredService<IFeatureScope>().Given.Should().ContainSingle().Which.Flag.Should().Be("f");
    }

    [Fact]
    public async Task AnswersBelongToTheUnitOfWork()
    {
        await using var services = Some.Services([Some.Flag("f"), Some.Of("text", FlagType.String, "a")]);
        using var scope = services.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();

        await manager.IsEnabledAsync("f", Some.User("ada"));
        await manager.GetVariantAsync("text", Some.User("ada"));

        scope.ServiceProvider.GetRequiredService<IFeatureScope>().Given.Select(given => given.Flag).Should().Equal("f", "text");
    }

    [Fact]
    public async Task RandomFlagHasOneAnswerForAContext()
    {
        await using var services = Percentage();
        for (var i = 0; i < 50; i++)
        {
            using var scope = services.CreateScope();
            var manager = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
            var (anonymous, ada) = (await manager.IsEnabledAsync("half"), await manager.IsEnabledAsync("third", Some.User("ada")));

            for (var k = 0; k < 5; k++)
            {
                (await manager.IsEnabledAsync("half")).Should().Be(anonymous);
                (await manager.IsEnabledAsync("third", Some.User("ada"))).Should().Be(ada);
            }
        }
    }

    [Fact]
    public async Task AnswerOfOneUserIsNotAnothers()
    {
        await using var services = Some.Services([Some.FlagFor("ada", "ada")]);
        using var scope = services.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();

        for (var i = 0; i < 2; i++)
        {
            (await manager.IsEnabledAsync("ada", Some.User("ada"))).Should().BeTrue();
            (await manager.IsEnabledAsync("ada", Some.User("eve"))).Should().BeFalse("Microsoft's own snapshot would return the first user's answer");
        }
    }

    [Fact]
    public async Task SnapshotAnswersAfterItsScope()
    {
        await using var services = Some.Services([Some.FlagFor("f", "ada")]);
        IVariantFeatureManagerSnapshot asked, unasked;
        using (var scope = services.CreateScope())
        {
            asked = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
            await asked.IsEnabledAsync("f");
        }

        using (var scope = services.CreateScope())
            unasked = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();
        using var other = services.CreateScope();
        var work = other.ServiceProvider.GetRequiredService<IFeatureScope>();

        (await asked.IsEnabledAsync("f", Some.User("ada"))).Should().BeTrue();
        (await unasked.IsEnabledAsync("f", Some.User("ada"))).Should().BeTrue();
        work.Given.Should().BeEmpty("an answer after the end is not another scope's");
    }

    [Fact]
    public async Task ManyThreadsGetOneAnswer()
    {
        await using var services = Percentage();
        using var scope = services.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<IVariantFeatureManagerSnapshot>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await manager.IsEnabledAsync("half"))));

        answers.Distinct().Should().ContainSingle();
    }

    private static ServiceProvider Percentage()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FeatureManagement:half:EnabledFor:0:Name"] = "Percentage",
            ["FeatureManagement:half:EnabledFor:0:Parameters:Value"] = "50",
            ["FeatureManagement:third:EnabledFor:0:Name"] = "Percentage",
            ["FeatureManagement:third:EnabledFor:0:Parameters:Value"] = "33",
        }).Build();
        return new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromFeatureManagementSection(configuration).ServeFeatureManagement()).BuildServiceProvider(true);
    }
}
