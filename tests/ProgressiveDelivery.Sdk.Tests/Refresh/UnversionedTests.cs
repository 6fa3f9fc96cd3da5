using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Documents of backends that have no versions: they are numbered as they arrive.</summary>
public sealed class UnversionedTests
{
    private static readonly long Now = Some.Monday.ToUnixTimeMilliseconds();

    private readonly SnapshotServices _services = Some.Services();

    [Fact]
    public void WhatArrivesLaterIsNewer()
    {
        var first = Judge("a", SnapshotOrigin.Source, FeatureSnapshot.NotReady(_services));
        var second = Judge("b", SnapshotOrigin.Source, first.Snapshot!);
        var again = Judge("a", SnapshotOrigin.Source, second.Snapshot!);

        first.Snapshot!.Version.Should().Be(Now, "the time in milliseconds is its number");
        second.Snapshot!.Version.Should().Be(Now + 1, "it arrived in the same one");
        again.Snapshot!.Version.Should().Be(Now + 2);
    }

    [Fact]
    public void KeptOneHasTheNumberThatItWasKeptUnder()
    {
        var kept = Judge("a", SnapshotOrigin.LastKnownGood, FeatureSnapshot.NotReady(_services), arrival: 7);
        var same = Judge("a", SnapshotOrigin.Source, kept.Snapshot!);
        var other = Judge("b", SnapshotOrigin.Source, kept.Snapshot!);

        kept.Snapshot!.Version.Should().Be(7);
        same.Snapshot!.Version.Should().Be(7);
        other.Snapshot!.Version.Should().Be(Now);
    }

    [Fact]
    public void ClockThatWasSetBackDoesNotMakeItOlder()
    {
        var kept = Judge("a", SnapshotOrigin.LastKnownGood, FeatureSnapshot.NotReady(_services), arrival: Now + 1_000);

        Judge("b", SnapshotOrigin.Source, kept.Snapshot!).Snapshot!.Version.Should().Be(Now + 1_001);
    }

    [Fact]
    public void BundledOneNeverTakesThePlaceOfAnother()
    {
        var inForce = Judge("a", SnapshotOrigin.LastKnownGood, FeatureSnapshot.NotReady(_services)).Snapshot!;

        Judge("b", SnapshotOrigin.Bundled, inForce).Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.VersionNotNewer);
        Judge("b", SnapshotOrigin.Bundled, FeatureSnapshot.NotReady(_services)).Snapshot!.Version.Should().Be(1);
    }

    [Fact]
    public void NegativeVersionIsNone() =>
        new SnapshotAcceptance(_services, new(), 1)
            .Judge(SnapshotReading.OfDefinition(new() { Version = -1 }), new FlaglessFormat(), SnapshotOrigin.Source, FeatureSnapshot.NotReady(_services))
            .Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.InvalidVersion);

    private AcceptanceResult Judge(string document, SnapshotOrigin origin, FeatureSnapshot inForce, long? arrival = null) =>
        new SnapshotAcceptance(_services, new(), 1).Judge(
            SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(document)), new FlaglessFormat(), origin, inForce, arrival);

    private sealed class FlaglessFormat : ISnapshotFormat
    {
        public string Name => "flagless";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => new(new() { Version = 0, Flags = [Some.Flag($"flag-{document.Span[0]}")] }, []);
    }
}
