using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>The diagnostics of each client, in the container.</summary>
public sealed class DiagnosticsRegistrationTests
{
    [Fact]
    public async Task EachClientHasItsOwnUnderTheSameKey()
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)))
            .AddProgressiveDelivery("a", client => client.FromDocument(ClientUnderTest.Document(2)).BindScopes())
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        provider.GetRequiredService<IFeatureDiagnostics>().Sources.Single().Version.Should().Be(1);
        provider.GetRequiredKeyedService<IFeatureDiagnostics>("a").Sources.Single().Version.Should().Be(2);
        provider.GetRequiredService<IFeatureDiagnostics>().Should().BeSameAs(provider.GetRequiredService<IFeatureDiagnostics>());
    }

    [Fact]
    public void ClientThatWasReplacedHasNone()
    {
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(ClientUnderTest.Document(1)))
            .AddProgressiveDelivery("a", client => client.FromDocument(ClientUnderTest.Document(2)))
            .AddSingleton<IFeatureClient>(DispatchProxy.Create<IFeatureClient, Unused>())
            .BuildServiceProvider();

        provider.Invoking(services => services.GetRequiredService<IFeatureDiagnostics>()).Should().Throw<InvalidOperationException>()
            .WithMessage("Feature client 'default' was replaced by one of another class, which has no diagnostics. Register an IFeatureDiagnostics for it.");
        provider.GetRequiredKeyedService<IFeatureDiagnostics>("a").Sources.Should().ContainSingle();
    }

    [Fact]
    public void SourcesStateTheirKinds()
    {
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client
                .FromEventStream("https://flags.example.com/stream?key=s3cret")
                .FromHttp(http => (http.Address, http.PollingInterval) = (new("https://flags.example.com/snapshot?key=s3cret"), TimeSpan.FromMinutes(1)))
                .FromFile("flags.json")
                .AddSource<Odd>("FromOdd", new() { Format = (_, limits) => Sdk.Json.SnapshotJson.Format(limits) }, new BackendSource<Odd> { Create = (_, format, _) => new InMemorySnapshotSource("{}", format), Kind = "gRPC stream" }, _ => { })
                .FromDocument(ClientUnderTest.Document(1))
                .From(_ => new StreamingSource(new())))
            .BuildServiceProvider();

        var sources = provider.GetRequiredService<IFeatureDiagnostics>().Sources;

        sources.Select(source => source.Kind).Should().Equal("event stream", "polled every 1 min", "file", "gRPC stream", "rules in code", "stream");
        sources.Select(source => source.Rank).Should().Equal(0, 1, 2, 3, 4, 5);
        sources.Take(2).Select(source => source.Name).Should().Equal("https://flags.example.com/stream", "https://flags.example.com/snapshot");
        sources.Should().OnlyContain(source => source.State == SourceState.NotTried && !source.IsSigned);
    }

    private sealed class Odd;

    public class Unused : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
