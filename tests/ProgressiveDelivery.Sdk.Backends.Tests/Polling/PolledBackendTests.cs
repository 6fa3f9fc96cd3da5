using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Polling;

/// <summary>What holds of every backend that is polled, asked over a real connection.</summary>
public sealed class PolledBackendTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScriptedHttpServer _server = new();

    public static TheoryData<string> Backends => [.. PolledBackend.All.Select(backend => backend.Name)];

    public static IEnumerable<object[]> Pairs =>
        PolledBackend.All.SelectMany(backend => PolledBackend.All.Where(other => other != backend).Select(other => new object[] { backend.Name, other.Name }));

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task ItsOwnAddressIsAskedWithItsHeadersAndChangesArrive(string name)
    {
        var backend = Of(name);
        _server.Then(Reply.Ok(backend.Document(true), "ETag: \"1\"")).Then(Reply.NotModified()).Otherwise(Reply.Ok(backend.Document(false), "ETag: \"2\""));
        await using var services = Services(flags => backend.Register(flags, Follow));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);
        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue();
        client.EvaluateBoolean("f", new EvaluationContext("u")).Origin.Should().Be(SnapshotOrigin.Source);

        var (first, second) = (await _server.RequestAsync(), await _server.RequestAsync());
        await Until.HoldsAsync(() => !client.IsEnabled("f", new EvaluationContext("u")));

        first.Target.Should().Be(backend.Target);
        foreach (var (header, value) in backend.Headers)
            first[header].Should().Match(sent => !string.IsNullOrEmpty(sent) && (value == null || sent == value), header);
        first["If-None-Match"].Should().BeNull();
        second["If-None-Match"].Should().Be("\"1\"");
        client.Status.ToString().Should().NotContain(PolledBackend.Key, "where rules come from is shown to people");
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task KeyThatIsNotAcceptedIsAFailureWithItsCodeAndTheRulesStay(string name)
    {
        var backend = Of(name);
        _server.Then(Reply.Ok(backend.Document(true))).Otherwise(Reply.Status("401 Unauthorized"));
        await using var services = Services(flags => backend.Register(flags, Follow));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);

        await Until.HoldsAsync(() => client.Status.State == FeatureClientState.Failed);

        client.Status.Cause!.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 });
        client.Status.Cause!.Message.Should().NotContain(PolledBackend.Key).And.Contain($"Check the credentials in {KeyOptionOf(name)}.");
        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue();
    }

    private static string KeyOptionOf(string backend) => backend switch
    {
        "Unleash" => "Token",
        "GrowthBook" => "ClientKey",
        _ => "SdkKey",
    };

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task RestartWhileTheBackendIsAwayAnswersFromLastKnownGood(string name)
    {
        using var folder = new TempFolder();
        var backend = Of(name);
        _server.Otherwise(Reply.Ok(backend.Document(true)));
        await using (var services = Services(Kept))
        {
            await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(Patience);
            await Until.HoldsAsync(() => Files().Length > 0);
        }

        _server.Refuse();
        await using var restarted = Services(Kept);
        var client = restarted.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(1));

        await Until.HoldsAsync(() => client.IsEnabled("f", new EvaluationContext("u")));
        client.EvaluateBoolean("f", new EvaluationContext("u")).Origin.Should().Be(SnapshotOrigin.LastKnownGood);
        Files().Should().NotContain(file => file.Contains(PolledBackend.Key, StringComparison.Ordinal));

        void Kept(ProgressiveDeliveryBuilder flags)
        {
            backend.Register(flags, Follow);
            flags.KeepLastKnownGoodIn(folder.Path);
        }

        string[] Files() => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task DocumentOfAnotherBackendIsRefusedAndSaysWhatItLooksLike(string name, string other)
    {
        _server.Otherwise(Reply.Ok(Of(other).Document(true)));
        await using var services = Services(flags => Of(name).Register(flags, Follow));
        var client = services.GetRequiredService<IFeatureClient>();

        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        await Until.HoldsAsync(() => client.Status.Cause is not null);

        client.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        client.Status.Cause.Message.Should().Contain("PD1002").And.Contain("It looks like").And.Contain(other);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task OptionsMayComeFromConfiguration(string name)
    {
        var backend = Of(name);
        _server.Otherwise(Reply.Ok(backend.Document(true)));
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Address"] = Base().ToString(),
            [backend.KeyOption] = PolledBackend.Key,
            ["Headers:X-Of-Mine"] = "mine",
            [backend.Reports ? "ReportsUsage" : "Headers:X-Another"] = "false",
        }).Build();
        await using var services = Services(flags => backend.Bind(flags, section));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);

        client.IsEnabled("f", new EvaluationContext("u")).Should().BeTrue();
        var request = await _server.RequestAsync();
        request.Target.Should().Be(backend.Target);
        request["X-Of-Mine"].Should().Be("mine");
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void MissingKeyAndAddressAreToldTogetherByTheirNames(string name)
    {
        var backend = Of(name);
        using var services = Services(flags => backend.Bind(flags, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Address"] = "flags", ["PollingInterval"] = "00:00:00" }).Build()));

        var fault = services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which;

        fault.Message.Should().Contain($"{name}SourceOptions: ").And.Contain(backend.KeyOption).And.Contain("Address").And.Contain("PollingInterval");
    }

    [Fact]
    public async Task HoldOfAnotherBackendsRulesHoldsButDoesNotSurviveARestart()
    {
        using var folder = new TempFolder();
        _server.Otherwise(Reply.Ok(Of("LaunchDarkly").Document(true)));
        await using var services = Services(flags =>
        {
            Of("LaunchDarkly").Register(flags, Follow);
            flags.KeepLastKnownGoodIn(folder.Path);
        });
        await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync(Patience);
        var control = services.GetRequiredService<ISnapshotControl>();

        var refused = await control.HoldAsync(new("ada", "incident") { SurvivesRestart = true });
        var held = await control.HoldAsync(new("ada", "incident"));

        refused.Result.Should().Be(ControlResult.CannotSurviveRestart);
        refused.Message.Should().Contain("cannot be kept on disk").And.Contain("Act without SurvivesRestart");
        held.Result.Should().Be(ControlResult.Done);
    }

    private static PolledBackend Of(string name) => PolledBackend.All.Single(backend => backend.Name == name);

    private static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure) =>
        new ServiceCollection().AddLogging().AddProgressiveDelivery(configure).BuildServiceProvider();

    private Uri Base() => new(_server.Address, "/base/");

    private void Follow(HttpSourceOptions options) => options.Address = Base();
}
