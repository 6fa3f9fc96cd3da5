using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    private static readonly ServiceProviderOptions Strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    [Fact]
    public void SourceThatIsNullIsNamed()
    {
        using var provider = new ServiceCollection().AddLogging().AddProgressiveDelivery("shop", client => client.From(_ => null!)).BuildServiceProvider();

        provider.Invoking(container => container.GetRequiredKeyedService<IFeatureClient>("shop"))
            .Should().Throw<InvalidOperationException>().WithMessage("Feature client 'shop': From was given null instead of a source. Give one, or leave the line out.");
    }

    [Fact]
    public void InvalidKeysAndUnsignedRulesAreReportedAtTheStart()
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(client => client.FromDocument("""{"schema": "progressive-delivery/1", "version": 1, "flags": {}}""").TrustKeys(keys => keys.Add("a", "no key")));
        using var provider = services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which.Failures
            .Should().HaveCount(2).And.Contain(fault => fault.Contains("key 'a' is neither PEM nor base64")).And.Contain(fault => fault.Contains("FromDocument gives unsigned rules"));
    }

    [Fact]
    public async Task BareServiceCollectionIsEnough()
    {
        await using var services = Services(One()).BuildServiceProvider(Strict);
        var client = services.GetRequiredService<IFeatureClient>();

        var status = await client.WaitUntilReadyAsync();

        status.State.Should().Be(FeatureClientState.Ready);
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
    }

    [Fact]
    public async Task DefinitionsBuiltInCodeAreAnswered()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(client => client.FromSnapshot(new SnapshotDefinition { Version = 7 }));
        await using var provider = services.BuildServiceProvider(Strict);

        var status = await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();

        status.SnapshotVersion.Should().Be(7);
    }

    [Fact]
    public void DocumentInCodeThatNoClientCouldUseIsToldAtOnce()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument("""{"schema": "progressive-delivery/1"}"""));
        using var provider = services.BuildServiceProvider(Strict);

        var resolve = () => provider.GetRequiredService<IFeatureClient>();

        resolve.Should().Throw<OptionsValidationException>().WithMessage("*FromDocument*PD1003*");
    }

    [Fact]
    public void DocumentInCodeIsHeldToTheClientsOwnLimits()
    {
        var document = """{"schema": "progressive-delivery/1", "version": 1, "flags": {}, "environment": "much longer than is allowed"}""";
        var services = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(document).Configure(options => options.Limits.MaxBytes = 50))
            .AddProgressiveDelivery("roomy", client => client.FromDocument(document));
        using var provider = services.BuildServiceProvider(Strict);

        provider.Invoking(services => services.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().WithMessage("*FromDocument*PD1004*");
        provider.Invoking(services => services.GetRequiredKeyedService<IFeatureClient>("roomy")).Should().NotThrow();
    }

    [Fact]
    public async Task ResolvingReadsNothing()
    {
        var source = new ScriptedSource();
        var services = new ServiceCollection().AddProgressiveDelivery(client => client.From(_ => source));
        await using var provider = services.BuildServiceProvider(Strict);
        await using var scope = provider.CreateAsyncScope();

        provider.GetRequiredService<IFeatureClient>().Status.State.Should().Be(FeatureClientState.NotReady);
        scope.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Version.Should().Be(0);

        source.Reads.Should().Be(0);
    }

    [Fact]
    public async Task ScopeKeepsItsRulesWhileUpdatesLand()
    {
        var source = new ScriptedSource();
        var services = new ServiceCollection().AddProgressiveDelivery(client => client.From(_ => source));
        await using var provider = services.BuildServiceProvider(Strict);
        _ = provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await source.PlayAsync(ScriptedSource.Document(ClientUnderTest.Document(1)));
        await using var scope = provider.CreateAsyncScope();
        var early = scope.ServiceProvider.GetRequiredService<IFeatureSnapshot>();

        await source.PlayAsync(ScriptedSource.Document(ClientUnderTest.Document(2, on: false)));

        scope.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Should().BeSameAs(early);
        early.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        await using var later = provider.CreateAsyncScope();
        later.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Version.Should().Be(2);
    }

    [Fact]
    public void SameClientTwiceIsAnError()
    {
        var services = Services(One());

        services.Invoking(s => s.AddProgressiveDelivery(client => client.FromDocument(One())))
            .Should().Throw<InvalidOperationException>().WithMessage("Feature client 'default' is registered already.*another name.");
        services.AddProgressiveDelivery("b", client => client.FromDocument(One()));
        services.Invoking(s => s.AddProgressiveDelivery("b", client => client.FromDocument(One())))
            .Should().Throw<InvalidOperationException>().WithMessage("Feature client 'b'*");
    }

    [Fact]
    public void EverythingThatIsWrongIsToldAtOnce()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(client => client
            .FromHttp(http => http.PollingInterval = TimeSpan.Zero)
            .FromFile("")
            .FromHttp("nowhere")
            .Failover(failover => failover.DemoteAfter = TimeSpan.FromDays(1))
            .FallBackToFile(" ")
            .Configure(options =>
            {
                options.MaxQuarantinedShare = double.NaN;
                options.InitializationTimeout = TimeSpan.FromSeconds(-1);
                options.Limits.MaxDepth = 0;
            }));
        using var provider = services.BuildServiceProvider(Strict);

        var failures = provider.Invoking(p => p.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which.Failures;

        failures.Should().HaveCount(9).And.OnlyContain(failure => failure.StartsWith("Client 'default': ", StringComparison.Ordinal));
        string.Join("\n", failures).Should()
            .Contain("MaxQuarantinedShare").And.Contain("InitializationTimeout").And.Contain("Limits.MaxDepth")
            .And.Contain("Address").And.Contain("PollingInterval").And.Contain("Path")
            .And.Contain("source 2 (FromFile): FileSourceOptions").And.Contain("source 3 (FromHttp): HttpSourceOptions").And.Contain("DemoteAfter").And.Contain("FallBackToFile");
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:00:01")]
    [InlineData("30.00:00:01")]
    public void ObjectiveThatNothingCouldMeetOrMissIsAnError(string staleness)
    {
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromDocument(One()).Configure(options => options.MaxStaleness = TimeSpan.Parse(staleness, CultureInfo.InvariantCulture)))
            .BuildServiceProvider(Strict);

        provider.Invoking(p => p.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().WithMessage("*MaxStaleness*");
    }

    [Fact]
    public void ClientWithoutSourceIsAnError()
    {
        using var provider = new ServiceCollection().AddProgressiveDelivery(_ => { }).BuildServiceProvider(Strict);

        provider.Invoking(p => p.GetRequiredService<IFeatureClient>())
            .Should().Throw<OptionsValidationException>().WithMessage("*'default': it has no source. Give it one: FromHttp*");
    }

    [Theory]
    [InlineData("flags.json")]
    [InlineData("not an address")]
    [InlineData("ftp://example.com/flags")]
    [InlineData("https://user:secret@example.com/flags")]
    public void AddressThatCannotBePolledIsAnError(string url)
    {
        using var provider = new ServiceCollection().AddProgressiveDelivery(client => client.FromHttp(url)).BuildServiceProvider(Strict);

        provider.Invoking(p => p.GetRequiredService<IFeatureClient>())
            .Should().Throw<OptionsValidationException>().Which.Message.Should().Contain("Address").And.NotContain("secret");
    }

    [Fact]
    public async Task StrictClientThrowsForUnknownFlags()
    {
        var services = new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(One()).Configure(options => options.ThrowOnUnknownFlag = true));
        await using var provider = services.BuildServiceProvider(Strict);
        var client = provider.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();

        client.Invoking(c => c.IsEnabled("g", EvaluationContext.Empty)).Should().Throw<UnknownFlagException>();
    }

    private static IServiceCollection Services(string json) =>
        new ServiceCollection().AddProgressiveDelivery(client => client.FromDocument(json));

    private static string One() => ClientUnderTest.Document(1);
}
