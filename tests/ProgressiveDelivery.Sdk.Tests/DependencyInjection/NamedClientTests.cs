using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class NamedClientTests
{
    [Fact]
    public async Task ClientsOfSeveralNamesLiveSideBySide()
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)))
            .AddProgressiveDelivery("a", client => client.FromDocument(ClientUnderTest.Document(2, on: false)))
            .AddProgressiveDelivery("b", client => client.FromDocument(ClientUnderTest.Document(3)))
            .AddScoped<User>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        foreach (var key in new[] { "a", "b" })
            await provider.GetRequiredKeyedService<IFeatureClient>(key).WaitUntilReadyAsync();
        await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await using var scope = provider.CreateAsyncScope();

        var user = scope.ServiceProvider.GetRequiredService<User>();

        user.Versions.Should().Equal(1, 2, 3, 1, 2);
    }

    [Fact]
    public async Task FailureOfOneIsNoneOfTheOthers()
    {
        var failing = new ScriptedSource();
        var time = new WatchedTime();
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddProgressiveDelivery("sound", client => client.FromDocument(ClientUnderTest.Document(1)))
            .AddProgressiveDelivery("failing", client => client.From(_ => failing))
            .BuildServiceProvider();
        var (sound, other) = (provider.GetRequiredKeyedService<IFeatureClient>("sound"), provider.GetRequiredKeyedService<IFeatureClient>("failing"));
        await sound.WaitUntilReadyAsync();
        _ = other.WaitUntilReadyAsync(TimeSpan.Zero);

        await time.WithoutPausesAsync(() => failing.PlayAsync(ScriptedSource.Throw(new SnapshotSourceException("Down."))));

        sound.Status.State.Should().Be(FeatureClientState.Ready);
        sound.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        other.Status.Cause!.Message.Should().Be("Down.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void NameMustBeOne(string name)
    {
        new ServiceCollection().Invoking(services => services.AddProgressiveDelivery(name, _ => { })).Should().Throw<ArgumentException>();
    }

    private sealed class User(
        IFeatureClient client,
        [FromKeyedServices("a")] IFeatureClient a,
        [FromKeyedServices("b")] IFeatureClient b,
        IFeatureSnapshot snapshot,
        [FromKeyedServices("a")] IFeatureSnapshot ofA)
    {
        public long[] Versions => [client.Status.SnapshotVersion, a.Status.SnapshotVersion, b.Status.SnapshotVersion, snapshot.Version, ofA.Version];
    }
}
