using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using static ProgressiveDelivery.Sdk.Backends.Tests.Flagd.FlagdDocumentText;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

/// <summary>Clients as an application registers them.</summary>
public sealed class FlagdClientTests : IAsyncLifetime
{
    private const string Shop = """
        {
          "$evaluators": { "isStaff": { "ends_with": [{ "var": "email" }, "@shop.example"] } },
          "flags": {
            "rollout": {
              "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
              "targeting": { "fractional": [{ "cat": [{ "var": "$flagd.flagKey" }, { "var": "targetingKey" }] }, ["on", 25], ["off", 75]] }
            },
            "banner": {
              "state": "ENABLED", "variants": { "staff": "hello", "new": "welcome", "old": "hi" }, "defaultVariant": "old",
              "targeting": { "if": [{ "$ref": "isStaff" }, "staff", { "sem_ver": [{ "var": "app.version" }, ">=", "2.1"] }, "new"] }
            }
          }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SyncServer _server = null!;

    public async Task InitializeAsync() => _server = await SyncServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ThousandContextsOverTheStreamAreAnsweredAsTheSpecificationSays()
    {
        _server.Publish(Shop);
        await using var services = Services(flags => flags.FromFlagd(_server.Address.ToString()));
        var client = services.GetRequiredService<IFeatureClient>();
        (await client.WaitUntilReadyAsync(Patience)).State.Should().Be(FeatureClientState.Ready);

        var inside = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var (email, minor) = (i % 7 == 0 ? $"u{i}@shop.example" : $"u{i}@example.org", i % 5);
            var context = new EvaluationContext($"user-{i}")
            {
                ["email"] = email,
                ["app"] = AttributeValue.Object([new("version", $"2.{minor}.0-rc.1")]),
            };

            var bucket = (ulong)Murmur3($"rolloutuser-{i}") * 100 >> 32;
            client.IsEnabled("rollout", context).Should().Be(bucket < 25);
            client.GetString("banner", context, "").Should().Be(i % 7 == 0 ? "hello" : minor >= 2 ? "welcome" : "hi");
            inside += bucket < 25 ? 1 : 0;
        }

        inside.Should().BeInRange(200, 300);
    }

    [Fact]
    public async Task ChangeArrivesAndARefusedConfigurationChangesNothing()
    {
        _server.Publish(WithTargeting("{}"));
        await using var services = Services(flags => flags.FromFlagd(_server.Address.ToString()));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);
        var user = new EvaluationContext("u");
        client.GetString("flag", user, "").Should().Be("A");

        _server.Publish(WithTargeting("\"b\""));
        await Until.HoldsAsync(() => client.GetString("flag", user, "") == "B");
        var version = client.Status.SnapshotVersion;
        _server.Publish("""{"flags":{"flag":{"state":"ENABLED","variants":{"a":"A"},"defaultVariant":"gone"}}}""");
        await Until.HoldsAsync(() => client.Status.Cause?.Kind == FeatureClientFaultKind.InvalidSnapshot);

        client.GetString("flag", user, "").Should().Be("B");
        client.Status.SnapshotVersion.Should().Be(version);
        _server.Publish(WithTargeting("\"a\""));
        await Until.HoldsAsync(() => client.GetString("flag", user, "") == "A");
        client.Status.SnapshotVersion.Should().BeGreaterThan(version);
    }

    [Fact]
    public async Task TokenThatIsNotAcceptedAnyMoreIsAFailureWithItsCodeAndTheRulesStay()
    {
        _server.Publish(WithTargeting("{}"));
        await using var services = Services(flags => flags.FromFlagd(_server.Address.ToString()));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);

        _server.Refusal = new(StatusCode.Unauthenticated, "who are you?");
        _server.End();
        await Until.HoldsAsync(() => client.Status.State == FeatureClientState.Failed);

        client.Status.Cause!.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 });
        client.GetString("flag", EvaluationContext.Empty, "").Should().Be("A");
    }

    [Fact]
    public async Task LastKnownGoodConfigurationAnswersWithItsSyncContextWhileTheServerIsAway()
    {
        using var folder = new TempFolder();
        var user = new EvaluationContext("u") { ["color"] = "a" };
        _server.Publish(WithTargeting("{}"));
        await using (var services = Services(Follow))
        {
            var client = services.GetRequiredService<IFeatureClient>();
            await client.WaitUntilReadyAsync(Patience);
            _server.Publish(WithTargeting("""{ "var": "color" }"""), new Struct { Fields = { ["color"] = Value.ForString("b") } });
            await Until.HoldsAsync(() => client.GetString("flag", user, "") == "B");
        }

        await Until.HoldsAsync(() => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains("syncContext", StringComparison.Ordinal)));
        _server.Refusal = new(StatusCode.Unavailable, "gone");
        await using var restarted = Services(Follow);
        var again = restarted.GetRequiredService<IFeatureClient>();
        await again.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(1));

        await Until.HoldsAsync(() => again.GetString("flag", user, "") == "B");
        again.EvaluateString("flag", user, "").Origin.Should().Be(SnapshotOrigin.LastKnownGood);
        _server.Refusal = null;
        _server.Publish(WithTargeting("\"a\""));
        await Until.HoldsAsync(() => again.GetString("flag", user, "") == "A");

        void Follow(ProgressiveDeliveryBuilder flags) => flags.FromFlagd(_server.Address.ToString()).KeepLastKnownGoodIn(folder.Path);
    }

    [Fact]
    public async Task FileIsReadAndWatched()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "flags.json");
        await File.WriteAllTextAsync(path, WithTargeting("{}"));
        await using var services = Services(flags => flags.FromFlagdFile(file =>
        {
            file.Path = path;
            file.PollingInterval = TimeSpan.FromMilliseconds(100);
        }));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);
        client.GetString("flag", EvaluationContext.Empty, "").Should().Be("A");

        await File.WriteAllTextAsync(path, WithTargeting("\"b\""));

        await Until.HoldsAsync(() => client.GetString("flag", EvaluationContext.Empty, "") == "B");
    }

    [Fact]
    public async Task ConfigurationIsPolledOverHttpWithItsETag()
    {
        using var http = new ScriptedHttpServer();
        http.Then(Reply.Ok(WithTargeting("{}"), "ETag: \"1\"")).Then(Reply.NotModified()).Otherwise(Reply.Ok(WithTargeting("\"b\""), "ETag: \"2\""));
        await using var services = Services(flags => flags.FromFlagdHttp(options =>
        {
            options.Address = http.Address;
            options.PollingInterval = TimeSpan.FromSeconds(1);
            options.Authorization = "Bearer secret";
            options.Headers["Flagd-Selector"] = "flagSetId=checkout";
        }));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);
        client.GetString("flag", EvaluationContext.Empty, "").Should().Be("A");

        var (first, second) = (await http.RequestAsync(), await http.RequestAsync());
        await Until.HoldsAsync(() => client.GetString("flag", EvaluationContext.Empty, "") == "B");

        first["Flagd-Selector"].Should().Be("flagSetId=checkout");
        first["Authorization"].Should().Be("Bearer secret");
        first["If-None-Match"].Should().BeNull();
        second["If-None-Match"].Should().Be("\"1\"");
    }

    [Fact]
    public async Task GenerationOfFractionalReachesTheRules()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "flags.json");
        await File.WriteAllTextAsync(path, WithTargeting("""{ "fractional": [17, ["b"]] }"""));
        await using var services = new ServiceCollection().AddLogging()
            .AddProgressiveDelivery("v2", flags => flags.FromFlagdFile(path))
            .AddProgressiveDelivery("v3", flags => flags.FromFlagdFile(path, FlagdFractional.V3))
            .BuildServiceProvider();

        foreach (var (generation, value) in new[] { ("v2", "A"), ("v3", "B") })
        {
            var client = services.GetRequiredKeyedService<IFeatureClient>(generation);
            await client.WaitUntilReadyAsync(Patience);
            client.GetString("flag", EvaluationContext.Empty, "").Should().Be(value);
        }
    }

    [Fact]
    public void EverythingThatIsWrongWithTheOptionsIsToldAtOnce()
    {
        var services = Services(flags => flags.FromFlagd(options =>
        {
            options.Address = new("http://user:pass@flagd:8015");
            options.Deadline = TimeSpan.Zero;
            options.StreamDeadline = TimeSpan.FromSeconds(1);
            options.KeepAliveInterval = TimeSpan.FromDays(1);
            options.Fractional = (FlagdFractional)7;
            options.Selector = "é";
            options.Authorization = "a\nb";
            options.ProviderId = null!;
        }));

        var fault = services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().Which;

        foreach (var property in typeof(FlagdSourceOptions).GetProperties().Where(property => property.Name != nameof(FlagdSourceOptions.UseSyncContext)))
            fault.Message.Should().Contain(property.Name);
        fault.Message.Should().NotContain("pass@");
    }

    [Theory]
    [InlineData("flagd:8015", "scheme 'flagd'")]
    [InlineData("ftp://flagd", "scheme 'ftp'")]
    [InlineData("http://flagd:8015/flags", "a path")]
    [InlineData("not an address", "missing")]
    public void AddressMustBeThatOfAServer(string url, string message) =>
        Services(flags => flags.FromFlagd(url)).Invoking(provider => provider.GetRequiredService<IFeatureClient>())
            .Should().Throw<OptionsValidationException>().WithMessage($"*{message}*");

    private static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure) =>
        new ServiceCollection().AddLogging().AddProgressiveDelivery(configure).BuildServiceProvider();

    // MurmurHash3 x86 32, seed 0, written out again so that it is not the product's own.
    private static uint Murmur3(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        uint hash = 0;
        for (var at = 0; at < bytes.Length; at += 4)
        {
            uint block = 0;
            for (var i = Math.Min(3, bytes.Length - at - 1); i >= 0; i--)
                block = (block << 8) | bytes[at + i];
            block *= 0xcc9e2d51;
            block = (block << 15) | (block >> 17);
            hash ^= block * 0x1b873593;
            if (at + 4 <= bytes.Length)
                hash = (((hash << 13) | (hash >> 19)) * 5) + 0xe6546b64;
        }

        hash ^= (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
