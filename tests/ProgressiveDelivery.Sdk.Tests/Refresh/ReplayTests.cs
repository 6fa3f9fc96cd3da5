using System.Text;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A good signature stays good for ever: what has no version must tell in another way that it is not an old one.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly DateTimeOffset Now = Some.Monday;

    private readonly SnapshotServices _services = Some.Services();
    private readonly Signer _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void DocumentThatNothingTellsFromAnOlderOneIsRefusedUnlessThatIsMeant()
    {
        Judge(new() { Version = 0 }).Should().Be("PD1016");
        Judge(new() { Version = 0 }, accepts: true).Should().BeNull();
        Judge(new() { Version = 0 }, trusts: false).Should().BeNull();
        Judge(new() { Version = 1 }).Should().BeNull("a version tells");
    }

    [Fact]
    public void OlderOneIsRefusedByTheTimeInIt()
    {
        var inForce = Accept(new() { Version = 0, PublishedAt = Now });

        Judge(new() { Version = 0, PublishedAt = Now.AddSeconds(-1) }, inForce).Should().Be("PD1017");
        Judge(new() { Version = 0, PublishedAt = Now }, inForce).Should().BeNull();
        Judge(new() { Version = 0, PublishedAt = Now.AddSeconds(1) }, inForce).Should().BeNull();
        Judge(new() { Version = 0, PublishedAt = Now.AddSeconds(-1) }, inForce, trusts: false).Should().BeNull("nobody asked for it");
    }

    [Fact]
    public void OneThatEndsIsBelievedUntilThen()
    {
        Judge(new() { Version = 0, ExpiresAt = Now.AddMinutes(1) }).Should().BeNull();
        Judge(new() { Version = 0, ExpiresAt = Now.AddMinutes(-1) }).Should().Be("PD1006");
    }

    [Theory]
    [InlineData(SnapshotOrigin.LastKnownGood)]
    [InlineData(SnapshotOrigin.Bundled)]
    public void FileIsBelievedNoMoreThanTheNetwork(SnapshotOrigin origin) =>
        Acceptance().Judge(Reading(), new Fixed(new() { Version = 0 }), origin, FeatureSnapshot.NotReady(_services)).Diagnostics[^1].Id.Should().Be("PD1016");

    [Fact]
    public void VersionsThatWentTooFarBlockWhatHasNone()
    {
        var inForce = Accept(new() { Version = long.MaxValue });

        Judge(new() { Version = 0, PublishedAt = Now }, inForce).Should().Be("PD1005", "no number is higher");
        Acceptance().JudgeOrdered(Reading(), new Fixed(new() { Version = 0, PublishedAt = Now }), inForce).Snapshot!.Version.Should().Be(Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void VersionInForceIsTakenAgainOnlyWithTheSameRules()
    {
        var inForce = Accept(new() { Version = 5, Flags = [Some.Flag("a")] });

        Judge(new() { Version = 4, Flags = [Some.Flag("a")] }, inForce).Should().Be("PD1005");
        Judge(new() { Version = 5, Flags = [Some.Flag("b")] }, inForce).Should().Be("PD1005");
        Judge(new() { Version = 5, Flags = [Some.Flag("a")] }, inForce).Should().BeNull();
        Judge(new() { Version = 6, Flags = [Some.Flag("b")] }, inForce).Should().BeNull();
    }

    [Fact]
    public void OrderedDocumentIsNumberedByTheClockHoweverHighTheVersionInForceIs()
    {
        var inForce = Accept(new() { Version = Now.ToUnixTimeMilliseconds() + 1_000_000 });

        Acceptance().JudgeOrdered(Reading(), new Fixed(new() { Version = 0, PublishedAt = Now }), inForce).Snapshot!.Version.Should().Be(Now.ToUnixTimeMilliseconds());
    }

    private string? Judge(SnapshotDefinition definition, FeatureSnapshot? inForce = null, bool trusts = true, bool accepts = false)
    {
        var result = Acceptance(trusts, accepts).Judge(Reading(), new Fixed(definition), SnapshotOrigin.Source, inForce ?? FeatureSnapshot.NotReady(_services));
        return result.Snapshot is null ? result.Diagnostics[^1].Id : null;
    }

    private FeatureSnapshot Accept(SnapshotDefinition definition) =>
        Acceptance().Judge(Reading("other"), new Fixed(definition), SnapshotOrigin.Source, FeatureSnapshot.NotReady(_services)).Snapshot!;

    private SnapshotAcceptance Acceptance(bool trusts = true, bool accepts = false) => new(
        _services, new(), 1, trusts ? new TrustedKeys(new SignatureOptions { AcceptReplayableDocuments = accepts }.Add(_signer.Id, _signer.PublicPem)) : null);

    private SnapshotReading Reading(string text = "text")
    {
        var signed = _signer.Signed(text);
        return SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(text), signature: signed.Signature);
    }

    private sealed class Fixed(SnapshotDefinition definition) : ISnapshotFormat
    {
        public string Name => "fixed/1";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => new(definition, []);
    }
}
