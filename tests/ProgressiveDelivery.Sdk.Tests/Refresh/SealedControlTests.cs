using System.Text;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client that trusts keys believes its own files by a seal, and nobody else's.</summary>
public sealed class SealedControlTests : IDisposable
{
    private static readonly Turn Down = Throw(new SnapshotSourceException("Down."));
    private static readonly ControlAct Lasting = new("ada", "INC-1") { SurvivesRestart = true };
    private static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly string OtherKey = Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    private readonly TempFolder _folder = new();
    private readonly Signer _signer = new();

    public void Dispose()
    {
        _folder.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task OverrideAndHeldSnapshotHoldAgainUnderTheSeal()
    {
        await using (var test = Client(Key))
        {
            await test.PlayAsync(Signed(1, on: true), Signed(2, on: false));
            (await test.Control.StepBackAsync(Lasting)).Result.Should().Be(ControlResult.Done);
            (await test.Control.OverrideAsync("f", "off", Lasting)).Result.Should().Be(ControlResult.Done);
        }

        await using var restarted = Client(Key);
        await restarted.PlayAsync(Down);

        restarted.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, Control = new { Hold = new { By = "ada" } } });
        restarted.Client.EvaluateBoolean("f", EvaluationContext.Empty).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Override });
    }

    [Fact]
    public async Task WithoutAKeyOfItsOwnNothingSurvivesAndTheOutcomeSaysSo()
    {
        await using var test = Client(null);
        await test.PlayAsync(Signed(1, on: true));

        foreach (var outcome in new[] { await test.Control.HoldAsync(Lasting), await test.Control.OverrideAsync("f", "off", Lasting) })
            outcome.Should().BeEquivalentTo(new { Result = ControlResult.CannotSurviveRestart, IsDone = false }).And.Subject.As<ControlOutcome>().Message.Should().Contain("LocalKey");

        Directory.GetFiles(_folder.Path, "*.control").Should().BeEmpty();
        (await test.Control.OverrideAsync("f", "off", new("ada", "now"))).IsDone.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TripIsKeptUnderTheSealOrNotAtAllAndThatIsSaidOnce(bool hasKey)
    {
        await using (var test = Client(hasKey ? Key : null))
        {
            await test.PlayAsync(Signed(1, on: true));
            test.Client.Canary.Trip(Guarded.Trip()).Should().BeTrue();
            test.Client.Canary.Trip(Guarded.Trip("latency")).Should().BeTrue();
            test.Client.Canary.Trip(Guarded.Trip() with { Flag = "other" }).Should().BeTrue();
            (await test.Control.ResetGuardsAsync("other", Lasting)).Result.Should().Be(ControlResult.Done);
            test.Client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.Guarded);
            test.Warnings.Count(line => line.Id.Id == 529 && line.Message.Contains("LocalKey", StringComparison.Ordinal)).Should().Be(hasKey ? 0 : 1);
        }

        Directory.GetFiles(_folder.Path, "*.control").Should().HaveCount(hasKey ? 1 : 0);
        await using var restarted = Client(Key);
        await restarted.PlayAsync(Down);

        restarted.Client.Canary.Trips.Should().HaveCount(hasKey ? 2 : 0);
        restarted.IsOn.Should().Be(!hasKey);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("unsealed")]
    [InlineData("other key")]
    [InlineData("no key")]
    [InlineData("other client")]
    [InlineData("other source")]
    [InlineData("signed by a trusted key")]
    public async Task ForeignControlFileIsOneWarningAndRestoresNothing(string how)
    {
        await using (var test = Client(Key))
        {
            await test.PlayAsync(Signed(1, on: false));
            await test.Control.OverrideAsync("f", "on", Lasting);
        }

        var path = Directory.GetFiles(_folder.Path, "*.control").Single();
        await RewriteAsync(path, how);
        await using var restarted = Client(how switch { "other key" => OtherKey, "no key" => null, _ => Key });
        await restarted.PlayAsync(Signed(1, on: false));

        restarted.IsOn.Should().BeFalse();
        restarted.Status.Control.Should().BeNull();
        var warning = restarted.Warnings.Should().ContainSingle().Which;
        warning.Id.Id.Should().Be(407);
        warning.Message.Should().Contain(path).And.Contain("LocalKey").And.NotContain(Key);
    }

    [Fact]
    public async Task WithoutTrustedKeysFilesAreBelievedAsTheyAre()
    {
        await using (var test = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.Path)))
            await test.Control.OverrideAsync("f", "on", Lasting);
        await using var restarted = new ClientUnderTest(client => client.KeepLastKnownGoodIn(_folder.Path));

        await restarted.PlayAsync(Document(ClientUnderTest.Document(1, on: false)));

        restarted.IsOn.Should().BeTrue();
    }

    [Theory]
    [InlineData("not base64!", "not base64")]
    [InlineData("", "has 0 bytes")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", "has 31 bytes")]
    public void KeyThatIsNoneIsToldAtTheStartAndNotShown(string key, string fault) =>
        FluentActions.Invoking(() => Client(key)).Should().Throw<OptionsValidationException>()
            .Where(invalid => invalid.Message.Contains("LocalKey", StringComparison.Ordinal) && invalid.Message.Contains(fault, StringComparison.Ordinal) && (key.Length == 0 || !invalid.Message.Contains(key, StringComparison.Ordinal)));

    // As somebody does who can write in the folder, and mends the checksum.
    private async Task RewriteAsync(string path, string how)
    {
        StoredSnapshot.Open(await File.ReadAllBytesAsync(path), out var stored);
        var (bytes, seal) = stored!.Texts[0];
        var identity = "script";
        var text = how switch
        {
            "forged" => new SignedText(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span).Replace("INC-1", "INC-2", StringComparison.Ordinal)), seal),
            "unsealed" => new(bytes),
            "other client" => new LocalSeal(Key, "other", identity).Seal(bytes),
            "other source" => new LocalSeal(Key, "default", identity + "2").Seal(bytes),
            "signed by a trusted key" => _signer.Signed(Encoding.UTF8.GetString(bytes.Span)),
            _ => stored.Texts[0],
        };
        new LocalSeal(Key, "default", identity).Fits(stored.Texts[0]).Should().BeTrue("the cases would prove nothing otherwise");
        await File.WriteAllBytesAsync(path, [.. (stored with { Texts = [text] }).Write().SelectMany(piece => piece.ToArray())]);
    }

    private Turn Signed(long version, bool on)
    {
        var text = _signer.Signed(ClientUnderTest.Document(version, on));
        return _ => new(SnapshotReading.OfDocument(text.Bytes, signature: text.Signature));
    }

    private ClientUnderTest Client(string? key) => new(client => client.KeepLastKnownGoodIn(_folder.Path).TrustKeys(keys =>
    {
        keys.Add(_signer.Id, _signer.PublicPem);
        keys.LocalKey = key;
    }));
}
