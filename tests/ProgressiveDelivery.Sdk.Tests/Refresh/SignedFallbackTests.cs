using System.Text;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>What is kept on disk is believed no more than what comes over the network.</summary>
public sealed class SignedFallbackTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));

    private readonly TempFolder _folder = new();
    private readonly Signer _signer = new();

    public void Dispose()
    {
        _folder.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task SignedDocumentPatchesAndKillsOutliveARestart()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Signed(ClientUnderTest.Document(1)), SignedPatch(1, 2, on: false), SignedPatch(2, 3, on: true), SignedKill(9));
            test.Time.Advance(TimeSpan.FromSeconds(11));
            await test.PlayAsync(SignedPatch(3, 4, on: true), Current());
        }

        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 4L, Origin = SnapshotOrigin.LastKnownGood });
        restarted.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Killed);
        restarted.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("OutageBegan");
    }

    [Fact]
    public async Task WholeOfTheVersionThatWasPatchedTakesItsPlace()
    {
        await RunAsync(Signed(ClientUnderTest.Document(1)), SignedPatch(1, 2, on: false), Current());
        await using var restarted = Client();

        await restarted.PlayAsync(Signed(ClientUnderTest.Document(2)));

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 2L, Origin = SnapshotOrigin.Source });
        restarted.IsOn.Should().BeTrue();
    }

    [Theory]
    [InlineData("*.snapshot")]
    [InlineData("*.kills")]
    public async Task FileThatSomebodyElseWroteIsNotBelieved(string files)
    {
        await RunAsync(Signed(ClientUnderTest.Document(1)), SignedKill(9), Current());
        var path = Directory.GetFiles(_folder.Path, files).Single();
        ProgressiveDelivery.Sdk.Fallback.StoredSnapshot.Open(await File.ReadAllBytesAsync(path), out var stored);
        var forged = Encoding.UTF8.GetString(stored!.Texts[0].Bytes.Span).Replace("off", "on", StringComparison.Ordinal).Replace("on", "no", StringComparison.Ordinal);
        var pieces = (stored with { Texts = [new(Encoding.UTF8.GetBytes(forged), stored.Texts[0].Signature)] }).Write();
        await File.WriteAllBytesAsync(path, [.. pieces.SelectMany(piece => piece.ToArray())]);

        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Warnings.Should().Contain(line => line.Message.Contains("PD1015", StringComparison.Ordinal));
        restarted.Status.HasRules.Should().Be(files == "*.kills");
        restarted.IsOn.Should().Be(files == "*.kills");
    }

    [Theory]
    [InlineData(true, "PD1015")]
    [InlineData(false, "PD1013")]
    public async Task PatchBehindASignedDocumentIsBelievedNoMoreThanTheDocument(bool hasSignature, string id)
    {
        await RunAsync(Signed(ClientUnderTest.Document(1)), SignedPatch(1, 2, on: true), Current());
        var path = Directory.GetFiles(_folder.Path, "*2.snapshot").Single();
        ProgressiveDelivery.Sdk.Fallback.StoredSnapshot.Open(await File.ReadAllBytesAsync(path), out var stored);
        var forged = Encoding.UTF8.GetString(stored!.Texts[1].Bytes.Span).Replace("\"default\": \"on\"", "\"default\": \"off\"", StringComparison.Ordinal);
        var pieces = (stored with { Texts = [stored.Texts[0], new(Encoding.UTF8.GetBytes(forged), hasSignature ? stored.Texts[1].Signature : null)] }).Write();
        await File.WriteAllBytesAsync(path, [.. pieces.SelectMany(piece => piece.ToArray())]);

        await using var restarted = Client();
        await restarted.PlayAsync(Down);

        restarted.Status.SnapshotVersion.Should().Be(1, "the generation before is whole");
        restarted.IsOn.Should().BeTrue();
        restarted.Warnings.Should().ContainSingle(line => line.Message.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FilesOfATimeWithoutKeysAreNotBelieved()
    {
        await using (var before = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.Path)))
            await before.PlayAsync(Document(ClientUnderTest.Document(1)), Current());
        await using var restarted = Client();

        await restarted.PlayAsync(Down);

        restarted.Status.HasRules.Should().BeFalse();
        restarted.Warnings.Should().ContainSingle(line => line.Message.Contains("PD1013", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task BundledFileHasItsSignatureBesideIt(bool isSigned, bool isBelieved)
    {
        await File.WriteAllTextAsync(_folder.File("bundled.json"), ClientUnderTest.Document(1));
        if (isSigned)
            await File.WriteAllTextAsync(_folder.File("bundled.json.sig"), _signer.Sign(ClientUnderTest.Document(1)) + "\n");
        await using var test = Client(client => client.FallBackToFile(_folder.File("bundled.json")));

        await test.PlayAsync(Down);

        test.IsOn.Should().Be(isBelieved);
        test.Warnings.Any(line => line.Message.Contains("PD1013", StringComparison.Ordinal)).Should().Be(!isBelieved);
    }

    [Fact]
    public async Task PatchesThatOutgrowTheirDocumentAreOneWarningAndTheOlderStateStays()
    {
        await using (var test = Client())
        {
            await test.PlayAsync(Signed(ClientUnderTest.Document(1)), Current());
            for (var version = 1; version <= 4; version++)
                await test.PlayAsync(SignedPatch(version, version + 1, on: true, padding: 400_000));
            test.Time.Advance(TimeSpan.FromSeconds(11));
            await test.PlayAsync(Current(), Current());
            test.Status.SnapshotVersion.Should().Be(5);
            test.Warnings.Should().ContainSingle().Which.Id.Name.Should().Be("SignedPatchesOutgrown");

            await test.PlayAsync(Signed(ClientUnderTest.Document(6)), SignedPatch(6, 7, on: true));
            test.Time.Advance(TimeSpan.FromSeconds(11));
            await test.PlayAsync(Current(), Current());
        }

        Directory.GetFiles(_folder.Path, "*.snapshot").Select(path => Path.GetFileName(path).Split('.')[1].TrimStart('0')).Should().BeEquivalentTo("3", "6", "7");
    }

    private ClientUnderTest Client(Action<ProgressiveDeliveryBuilder>? more = null) => new(client =>
    {
        client.KeepLastKnownGoodIn(_folder.Path).TrustKeys(keys => keys.Add("2026-a", _signer.PublicPem));
        more?.Invoke(client);
    });

    private async Task RunAsync(params Turn[] turns)
    {
        await using var test = Client();
        await test.PlayAsync(turns);
    }

    private Turn Signed(string document)
    {
        var text = _signer.Signed(document);
        return _ => new(SnapshotReading.OfDocument(text.Bytes, signature: text.Signature));
    }

    private Turn SignedPatch(long from, long to, bool on, int padding = 0)
    {
        var flag = $$"""{"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}"}""";
        var text = _signer.Signed($$"""{"baseVersion": {{from}}, "version": {{to}}, "set": {"flags": {"f": {{flag}} } }, "x-padding": "{{new string('x', padding)}}"}""");
        return _ => new(SnapshotReading.OfPatch(text));
    }

    private Turn SignedKill(long version)
    {
        var text = _signer.Signed($$"""{"version": {{version}}, "flag": "f", "variant": "off"}""");
        return _ => new(SnapshotReading.OfKill(text));
    }
}
