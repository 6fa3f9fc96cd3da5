using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>What an author wrote arrives behind one relay, and behind two.</summary>
public sealed class RelayChainTests : IDisposable
{
    private const string Unleash = """
        {"version": 2, "features": [{"name": "f", "enabled": true, "strategies": [{"name": "default"}]}]}
        """;

    private readonly FedSource _source = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _stranger.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S06_SignedTextsAreVerifiedBehindTheRelay(bool relayHasTheKey)
    {
        await using var relay = await StartAsync(flags =>
        {
            if (relayHasTheKey)
                Trust(flags);
        });
        SendSigned(1);
        await using var stream = Reader.Start(flags => Trust(flags.FromEventStream(relay.Snapshots.ToString())));
        await using var poll = Reader.Start(flags => Trust(flags.FromHttp(relay.Snapshots.ToString())));
        await stream.UntilVersionAsync(1);
        await poll.UntilVersionAsync(1);

        _source.SendPatch(Rules.Patch(1, 2, on: false), Sign(Rules.Patch(1, 2, on: false)));
        await stream.UntilVersionAsync(2);
        _source.SendKill(Rules.Kill(2, "on"), Sign(Rules.Kill(2, "on")));
        await stream.UntilAsync(static reader => reader.Answer.Reason == EvaluationReason.Killed);

        // A whole signed document stays what it is: patches can be had from the stream alone.
        using var response = await relay.GetAsync();
        (await response.Content.ReadAsStringAsync()).Should().Be(Rules.Document(1));
        SnapshotSignature.TryParse(response.Headers.GetValues("PD-Signature").Single(), out var signature).Should().BeTrue();
        _key.VerifyData(Encoding.UTF8.GetBytes(Rules.Document(1)), signature!.Value.Span, HashAlgorithmName.SHA256).Should().BeTrue();
        await using var late = Reader.Start(flags => Trust(flags.FromEventStream(relay.Snapshots.ToString())));
        await late.UntilAsync(static reader => reader.Answer is { Reason: EvaluationReason.Killed, SnapshotVersion: 2 });
    }

    [Fact]
    public async Task S06_TextsOfStrangersAreRejectedBehindTheRelay()
    {
        await using var relay = await StartAsync();
        SendSigned(1);
        await using var reader = Reader.Start(flags => Trust(flags.FromEventStream(relay.Snapshots.ToString())));
        await reader.UntilVersionAsync(1);

        _source.SendDocument(Rules.Document(2, on: false), SnapshotSignature.Sign(_stranger, "2026-a", Encoding.UTF8.GetBytes(Rules.Document(2, on: false))));
        await reader.UntilAsync(static reader => reader.Status.State == FeatureClientState.Failed);

        reader.Status.Cause!.Message.Should().Contain("PD1015");
        reader.Answer.Should().BeEquivalentTo(new { Value = true, SnapshotVersion = 1L });
    }

    [Fact]
    public async Task ChangesPassTwoRelays()
    {
        await using var first = await StartAsync();
        SendSigned(1);
        await using var second = await RelayUnderTest.StartAsync(flags => flags.FromEventStream(first.Snapshots.ToString()));
        await using var reader = Reader.Start(flags => Trust(flags.FromEventStream(second.Snapshots.ToString())));
        await reader.UntilVersionAsync(1);

        _source.SendPatch(Rules.Patch(1, 2, on: false), Sign(Rules.Patch(1, 2, on: false)));
        await reader.UntilVersionAsync(2);
        _source.SendKill(Rules.Kill(2, "on"), Sign(Rules.Kill(2, "on")));

        await reader.UntilAsync(static reader => reader.Answer is { Reason: EvaluationReason.Killed, Value: true });
    }

    [Fact]
    public async Task DocumentOfAnotherBackendIsReadByItsOwnFormat()
    {
        await using var relay = await StartAsync(source: new FedSource(new UnleashFormat(new UnleashContextMapping(), new())), map: static app => app.MapSnapshots("/api/client/features").AllowAnonymous(), document: Unleash);

        using var response = await relay.GetAsync("/api/client/features");
        await using var reader = Reader.Start(flags => flags.FromUnleash(options =>
        {
            (options.Address, options.Token, options.AppName, options.ReportsUsage) = (new(relay.Address, "/api"), "any", "reader", false);
        }));

        (await response.Content.ReadAsStringAsync()).Should().Be(Unleash);
        response.Headers.GetValues("PD-Format").Single().Should().StartWith("unleash");
        await reader.UntilAsync(static reader => reader.Status.State == FeatureClientState.Ready);
        reader.Answer.Value.Should().BeTrue();
    }

    [Fact]
    public async Task PatchOfAnotherBackendsDocumentIsNotServed()
    {
        var source = new FedSource(new UnleashFormat(new UnleashContextMapping(), new()));
        await using var relay = await StartAsync(source: source, document: Unleash);
        using var stream = await relay.OpenStreamAsync();
        (await stream.NextChangeAsync()).Data.Should().Be(Unleash.ReplaceLineEndings("\n"));
        var version = relay.Features.Status.SnapshotVersion;

        source.SendPatch(Rules.Patch(version, version + 1));
        await relay.UntilServedAsync(version + 1);
        relay.Clock.Advance(TimeSpan.FromSeconds(15));

        using var response = await relay.GetAsync();
        ((int)response.StatusCode).Should().Be(501);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Make the source send whole documents");
        while (await stream.NextAsync() is { } rest)
            rest.Type.Should().NotBe("patch");
        relay.Logs.GetSnapshot().Should().ContainSingle(static line => line.Id.Id == 2140);
    }

    [Fact]
    public async Task RulesInCodeAreServedInOurOwnFormat()
    {
        var rules = SnapshotJson.Read(Encoding.UTF8.GetBytes(Rules.Document(3))).Definition!;
        await using var relay = await RelayUnderTest.StartAsync(flags => flags.FromSnapshot(rules));
        await using var reader = Reader.Start(flags => flags.FromHttp(relay.Snapshots.ToString()));

        await reader.UntilVersionAsync(3);
    }

    [Fact]
    public async Task FileIsServedAsTheNetworkAllows()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "flags.json");
            await File.WriteAllTextAsync(file, """{ /* no version */ "schema": "progressive-delivery/1", "flags": {"f": true,}}""");
            await using var relay = await RelayUnderTest.StartAsync(flags => flags.FromFile(file));
            await using var reader = Reader.Start(flags => flags.FromHttp(relay.Snapshots.ToString()));

            await reader.UntilVersionAsync(relay.Features.Status.SnapshotVersion);
            reader.Answer.Value.Should().BeTrue();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task S04_FleetStartsFromTheFileThatTheRelayKept()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using (var first = await StartAsync(flags => flags.KeepLastKnownGoodIn(folder.FullName)))
            {
                SendSigned(4);
                await Wait.UntilAsync(() => first.Features.Status.SnapshotVersion == 4);
            }

            var gone = new FedSource();
            gone.Fail();
            await using var relay = await RelayUnderTest.StartAsync(flags => flags.From(_ => gone).KeepLastKnownGoodIn(folder.FullName));
            await using var reader = Reader.Start(flags => Trust(flags.FromEventStream(relay.Snapshots.ToString())));

            await reader.UntilAsync(static reader => reader.Answer.SnapshotVersion == 4);
            relay.Features.Status.State.Should().Be(FeatureClientState.Stale);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<RelayUnderTest> StartAsync(Action<ProgressiveDeliveryBuilder>? client = null, FedSource? source = null, Action<WebApplication>? map = null, string? document = null)
    {
        if (document is not null)
            source!.SendDocument(document);
        var relay = await RelayUnderTest.StartAsync(
            flags =>
            {
                flags.From(_ => source ?? _source).Configure(static options => options.InitializationTimeout = TimeSpan.Zero);
                client?.Invoke(flags);
            },
            map);
        if (document is not null)
            await relay.UntilServedAsync();
        return relay;
    }

    private void SendSigned(long version) => _source.SendDocument(Rules.Document(version), Sign(Rules.Document(version)));

    private SnapshotSignature Sign(string text) => SnapshotSignature.Sign(_key, "2026-a", Encoding.UTF8.GetBytes(text));

    private void Trust(ProgressiveDeliveryBuilder flags) => flags.TrustKeys(keys => keys.Add("2026-a", _key.ExportSubjectPublicKeyInfoPem()));
}
