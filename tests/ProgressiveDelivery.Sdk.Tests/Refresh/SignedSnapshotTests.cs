using System.Text;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client that trusts keys believes nothing else, whatever the source sends.</summary>
public sealed class SignedSnapshotTests : IDisposable
{
    private const string Patch = """{"baseVersion": 1, "version": 2}""";
    private const string Kill = """{"version": 3, "flag": "f", "variant": "off"}""";

    private readonly Signer _signer = new();
    private readonly Signer _stranger = new("2025-z");
    private readonly Signer _impostor = new();

    public void Dispose()
    {
        _signer.Dispose();
        _stranger.Dispose();
        _impostor.Dispose();
    }

    [Fact]
    public async Task SnapshotPatchAndKillAreBelievedWhenSigned()
    {
        await using var test = Client();

        await test.PlayAsync(Document(_signer.Signed(Rules(1))), OfPatch(_signer.Signed(Patch)));
        (test.IsOn, test.Status.SnapshotVersion).Should().Be((true, 2));
        await test.PlayAsync(OfKill(_signer.Signed(Kill)));

        test.IsOn.Should().BeFalse();
        test.Source.Acknowledged.Should().HaveCount(3);
    }

    [Fact]
    public async Task NothingElseIs()
    {
        foreach (var (id, forge) in Forgeries())
        {
            await using var test = Client();
            await test.PlayAsync(Document(_signer.Signed(Rules(1))), Document(forge(Rules(2, on: false))), OfPatch(forge(Patch)), OfKill(forge(Kill)));

            (test.IsOn, test.Status.SnapshotVersion).Should().Be((true, 1), id);
            test.Status.Cause!.Message.Should().Contain(id);
            test.Warnings.Should().HaveCount(3).And.OnlyContain(line => line.Message.Contains(id));
            test.Source.Acknowledged.Should().ContainSingle();
        }
    }

    [Fact]
    public async Task SignatureIsJudgedBeforeAnythingOfTheContent()
    {
        await using var test = Client();

        await test.PlayAsync(Document(new(Encoding.UTF8.GetBytes("<html>"), _impostor.Sign("<html>"))));
        test.Status.Cause!.Message.Should().Contain(DiagnosticId.WrongSignature);
        await test.PlayAsync(Document(_signer.Signed("<html>")));

        test.Status.Cause!.Message.Should().Contain(DiagnosticId.MalformedJson);
    }

    [Fact]
    public async Task SizeIsJudgedBeforeTheSignature()
    {
        await using var test = Client(limit: 100);

        await test.PlayAsync(Document(new(new byte[101], null)));

        test.Status.Cause!.Message.Should().Contain(DiagnosticId.LimitExceeded);
    }

    [Fact]
    public async Task DefinitionsInCodeAreUnsigned()
    {
        await using var test = Client();

        await test.PlayAsync(_ => new(SnapshotReading.OfDefinition(Some.Snapshot(Some.Flag()))));

        test.Status.Cause!.Message.Should().Contain(DiagnosticId.Unsigned);
    }

    [Fact]
    public async Task AnOldSnapshotIsNoNewsForBeingSigned()
    {
        await using var test = Client();

        await test.PlayAsync(Document(_signer.Signed(Rules(2))), Document(_signer.Signed(Rules(1, on: false))));

        test.IsOn.Should().BeTrue();
        test.Status.Cause!.Message.Should().Contain(DiagnosticId.VersionNotNewer);
    }

    [Fact]
    public async Task SeveralKeysAreTrustedAtOnceWhileOneReplacesTheOther()
    {
        await using var test = new ClientUnderTest(client => client.TrustKeys(keys => keys.Add("2026-a", _signer.PublicPem).Add("2025-z", _stranger.PublicBase64)));

        await test.PlayAsync(Document(_stranger.Signed(Rules(1, on: false))), Document(_signer.Signed(Rules(2))));

        test.IsOn.Should().BeTrue();
    }

    [Fact]
    public async Task WithoutKeysSignaturesAreNobodysBusiness()
    {
        await using var test = new ClientUnderTest();

        await test.PlayAsync(Document(_stranger.Signed(Rules(1))));

        test.IsOn.Should().BeTrue();
    }

    private (string Id, Func<string, SignedText> Forge)[] Forgeries() =>
    [
        (DiagnosticId.Unsigned, text => new(Encoding.UTF8.GetBytes(text))),
        (DiagnosticId.UnknownKey, _stranger.Signed),
        (DiagnosticId.WrongSignature, _impostor.Signed),
        (DiagnosticId.WrongSignature, text => new(Encoding.UTF8.GetBytes(text + " "), _signer.Sign(text))),
        (DiagnosticId.WrongSignature, text => new(Encoding.UTF8.GetBytes(text), new("2026-a", new byte[70]))),
    ];

    private ClientUnderTest Client(int? limit = null) => new(client => client
        .TrustKeys(keys => keys.Add("2026-a", _signer.PublicPem))
        .Configure(options => options.Limits.MaxBytes = limit ?? options.Limits.MaxBytes));

    private static Turn Document(SignedText text) => _ => new(SnapshotReading.OfDocument(text.Bytes, signature: text.Signature));

    private static Turn OfPatch(SignedText text) => _ => new(SnapshotReading.OfPatch(text));

    private static Turn OfKill(SignedText text) => _ => new(SnapshotReading.OfKill(text));

    private static string Rules(long version, bool on = true) => ClientUnderTest.Document(version, on);
}
