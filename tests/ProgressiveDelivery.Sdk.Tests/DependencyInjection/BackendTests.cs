using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class BackendTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Backend<AcmeOptions> Acme = new()
    {
        Format = static (_, limits) => new NativeSnapshotFormat(limits),
        Context = static options => options.Context,
        Headers = static options => [new("Authorization", options.Key!), new("X-Project", "web")],
        Credentials = nameof(AcmeOptions.Key),
        Validate = static (options, errors) => HttpBackend.Require(errors, options.Key, nameof(options.Key), "the key"),
    };

    private static readonly BackendPolls<AcmeOptions> Polls = new()
    {
        Address = static options => HttpBackend.Below(options.Address!, "flags", ("tag", "a b")),
        InstanceHeaders = static _ => [new("X-Instance", "one")],
    };

    private static readonly BackendStream<AcmeOptions> Stream = new()
    {
        Events = static _ => new OwnEvents(),
        HeartbeatTimeout = static options => options.HeartbeatTimeout,
    };

    private readonly ScriptedHttpServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task AddressAndHeadersComeFromTheDescriptionAndTheUsersHeadersReplaceThem()
    {
        _server.Otherwise(Reply.Ok(ClientUnderTest.Document(1)));
        await using var services = Services(client => client.AddSource("FromAcme", Acme, Polls, options => options.Configure(acme =>
        {
            (acme.Address, acme.Key) = (new(_server.Address, "/base/"), "secret");
            acme.Headers["X-Project"] = "mine";
        })));

        await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(Patience);

        var request = await _server.RequestAsync();
        request.Target.Should().Be("/base/flags?tag=a%20b");
        (request["Authorization"], request["X-Project"], request["X-Instance"]).Should().Be(("secret", "mine", "one"));
    }

    [Fact]
    public async Task RejectedKeyIsReportedByTheNameOfItsOption()
    {
        _server.Otherwise(Reply.Status("401 Unauthorized"));
        await using var services = Services(client => client.AddSource("FromAcme", Acme, Polls, options => options.Configure(acme => (acme.Address, acme.Key) = (_server.Address, "secret"))));
        var client = services.GetRequiredService<IFeatureClient>();

        await client.WaitUntilReadyAsync(TimeSpan.Zero);
        await Until.HoldsAsync(() => client.Status.Cause is not null);

        client.Status.Cause!.Message.Should().Contain("Check the credentials in Key.").And.NotContain("secret");
    }

    [Fact]
    public void EachSourceOfOneOptionsClassIsCheckedOnceAndByItsOwnRules()
    {
        using var services = Services(client => client.AddSource("FromAcmeStream", Acme, Stream, Configure).AddSource("FromAcme", Acme, Polls, Configure));

        Failures(services).Select(failure => failure[..failure.LastIndexOf(": ", StringComparison.Ordinal)]).Should().BeEquivalentTo(
            "Client 'default': AcmeOptions: Property Address",
            "Client 'default': AcmeOptions: Property HeartbeatTimeout",
            "Client 'default': source 2 (FromAcme): AcmeOptions: Property Address",
            "Client 'default': source 2 (FromAcme): AcmeOptions: Property PollingInterval");

        static void Configure(OptionsBuilder<AcmeOptions> options) =>
            options.Configure(acme => (acme.Key, acme.HeartbeatTimeout, acme.PollingInterval) = ("key", TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void MissingKeyAndContextMappingAreReported()
    {
        using var services = Services(client => client.AddSource("FromAcme", Acme, Polls, options => options.Configure(acme => (acme.Address, acme.Context) = (_server.Address, null!))));

        Failures(services).Should().HaveCount(2)
            .And.Contain(failure => failure.Contains("Key: it is missing; give the key.", StringComparison.Ordinal))
            .And.Contain(failure => failure.Contains("Context: it is null; give a mapping, or leave it out.", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Failures(ServiceProvider services) =>
        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which.Failures;

    private static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure) => new ServiceCollection().AddProgressiveDelivery(configure).BuildServiceProvider();

    private sealed class AcmeOptions : HttpSourceOptions
    {
        public string? Key { get; set; }

        public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMinutes(1);

        public object Context { get; set; } = new();
    }
}
