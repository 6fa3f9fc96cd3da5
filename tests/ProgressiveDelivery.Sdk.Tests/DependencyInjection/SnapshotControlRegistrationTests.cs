using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class SnapshotControlRegistrationTests
{
    [Fact]
    public async Task EachClientHasItsOwnUnderTheSameKey()
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)))
            .AddProgressiveDelivery("a", client => client.FromDocument(ClientUnderTest.Document(2)))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await provider.GetRequiredKeyedService<IFeatureClient>("a").WaitUntilReadyAsync();

        await provider.GetRequiredKeyedService<ISnapshotControl>("a").OverrideAsync("f", "off", new("ada", "why"));

        provider.GetRequiredService<ISnapshotControl>().State.Should().BeEquivalentTo(new { Version = 1L, IsActive = false });
        provider.GetRequiredKeyedService<ISnapshotControl>("a").State.Should().BeEquivalentTo(new { Version = 2L, IsActive = true });
        provider.GetRequiredService<IFeatureClient>().IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        provider.GetRequiredKeyedService<IFeatureClient>("a").IsEnabled("f", EvaluationContext.Empty).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void HistoryHasALengthThatFits(int length)
    {
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)).Configure(options => options.HistoryLength = length))
            .BuildServiceProvider();

        provider.Invoking(services => services.GetRequiredService<ISnapshotControl>())
            .Should().Throw<OptionsValidationException>().WithMessage("*HistoryLength*1 to 100*");
    }
}
