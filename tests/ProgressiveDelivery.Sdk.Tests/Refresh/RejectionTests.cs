using ProgressiveDelivery.Sdk.Diagnostics;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>The last rejection, and the diagnostics of the snapshot in force, as an operator sees them.</summary>
public sealed class RejectionTests
{
    private const string Change = "\"change\": { \"by\": \"kim\", \"why\": \"Raise search\" },";
    private const string Assertion = "\"assertions\": [ { \"flag\": \"f\", \"context\": {}, \"variant\": \"off\" } ],";

    [Fact]
    public async Task RejectionHasItsReasonAndItsAuthorUntilAnotherSnapshotIsAccepted()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Rules(2, Change + Assertion));
        var rejection = test.Diagnostics.Rejection!;
        var source = test.Diagnostics.Sources.Single();
        await test.PlayAsync(Current());
        var later = test.Diagnostics.Rejection;
        await test.PlayAsync(Rules(3));

        rejection.Should().BeEquivalentTo(new { Version = 2L, Source = "script", ChangedBy = "kim", ChangeReason = "Raise search", At = test.Diagnostics.Refreshes[1].At });
        rejection.Diagnostics[^1].Id.Should().Be(DiagnosticId.AssertionFailed);
        source.Should().BeEquivalentTo(new { State = SourceState.Rejected, Version = 1L, Failures = 1L, Fault = new { Kind = FeatureClientFaultKind.InvalidSnapshot } });
        test.Diagnostics.Refreshes[1].Should().BeEquivalentTo(new { Outcome = RefreshOutcome.Rejected, Version = 2L });
        test.Diagnostics.Refreshes[1].Message.Should().Contain("PD1007");
        later.Should().NotBeNull("the source confirms the older rules, and the operator has yet to read the reason");
        test.Diagnostics.Rejection.Should().BeNull();
        test.Diagnostics.Sources.Single().State.Should().Be(SourceState.InUse);
    }

    [Fact]
    public async Task DocumentThatIsSentAgainKeepsTheTimeOfItsFirstRejection()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), Document("{"));
        var first = test.Diagnostics.Rejection!;
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.PlayAsync(Document("{"));
        var second = test.Diagnostics.Rejection!;
        await test.PlayAsync(Document("{ "));

        first.Version.Should().BeNull();
        second.At.Should().Be(first.At);
        test.Diagnostics.Rejection!.At.Should().BeAfter(first.At);
        test.Diagnostics.Refreshes.Count(one => one.Outcome == RefreshOutcome.Rejected).Should().Be(3);
    }

    [Fact]
    public async Task RejectedPatchHasItsOwnVersion()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(3, Change), Patch("""{ "baseVersion": 7, "version": 8 }"""));

        test.Diagnostics.Rejection.Should().BeEquivalentTo(new { Version = 8L, ChangedBy = (string?)null, ChangeReason = (string?)null });
        test.Diagnostics.Refreshes[^1].Version.Should().Be(8);
    }

    [Fact]
    public async Task RejectedKillIsShown()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1), _ => new(Sdk.Sources.SnapshotReading.OfKill("{}"u8.ToArray())));

        test.Diagnostics.Rejection.Should().NotBeNull();
        test.Diagnostics.Refreshes[^1].Should().BeEquivalentTo(new { Outcome = RefreshOutcome.Rejected });
        test.Diagnostics.Refreshes[^1].Message.Should().Contain("sent a kill that is rejected");
    }

    [Fact]
    public async Task SourceThatIsOnlyTriedIsRecordedOnce()
    {
        var replica = new ScriptedSource("replica");
        await using var test = new ClientUnderTest(client => client.From(_ => replica));
        await test.PlayAsync(Rules(1));
        test.Source.Then(Throw(new Sdk.Sources.SnapshotSourceException("No.") { Kind = FeatureClientFaultKind.AccessDenied }));
        await replica.PlayAsync(Rules(1));
        test.Source.Then(Rules(9, Assertion));
        test.Time.Advance(TimeSpan.FromMinutes(5.5));
        await test.Time.WithoutPausesAsync(
            () =>
            {
                replica.Then(Current());
                return Until.HoldsAsync(() => test.Diagnostics.Sources[0].NextAttempt > test.Time.GetUtcNow() && test.Diagnostics.Rejection is not null);
            },
            TimeSpan.FromSeconds(30));

        test.Diagnostics.Rejection.Should().BeEquivalentTo(new { Version = 9L, Source = "script" });
        test.Diagnostics.Refreshes.Where(one => one is { Source: "script", Version: 9 }).Should().ContainSingle().Which.Outcome.Should().Be(RefreshOutcome.Rejected);
        test.Diagnostics.Sources[0].Should().BeEquivalentTo(new { State = SourceState.Rejected, Failures = 2L });
        test.Diagnostics.Sources[1].State.Should().Be(SourceState.InUse);
    }

    [Fact]
    public async Task SnapshotInForceHasItsDiagnosticsTheWorstFirst()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1, "\"unknown\": 1,", "\"broken\": { \"type\": \"boolean\", \"variants\": { \"on\": true }, \"default\": \"missing\" },"));
        var first = test.Diagnostics.SnapshotDiagnostics;
        await test.Control.OverrideAsync("f", "off", new("ada", "why"));
        var overridden = test.Diagnostics.SnapshotDiagnostics;
        await test.PlayAsync(Rules(2));

        first.Select(one => one.Severity).Should().Equal(DiagnosticSeverity.Error, DiagnosticSeverity.Warning);
        first[0].Path.Should().Contain("broken");
        overridden.Should().Equal(first);
        test.Diagnostics.SnapshotDiagnostics.Should().BeEmpty();
    }

    [Fact]
    public async Task DiagnosticsOfAThousandFlagsAreCutShort()
    {
        var broken = string.Concat(Enumerable.Range(0, 1_100).Select(i => $"\"b{i}\": {{ \"type\": \"boolean\", \"variants\": {{ \"on\": true }}, \"default\": \"missing\" }},"));
        await using var test = new ClientUnderTest(client => client.Configure(options => options.MaxQuarantinedShare = 1));
        await test.PlayAsync(Rules(1, "", broken));
        test.Diagnostics.SnapshotDiagnostics.Should().HaveCount(1_000);

        await test.PlayAsync(Rules(2, Assertion, broken));

        test.Diagnostics.Rejection!.Diagnostics.Should().HaveCount(1_000);
        test.Diagnostics.Rejection.Diagnostics[^1].Id.Should().Be(DiagnosticId.AssertionFailed);
    }

    private static Turn Rules(long version, string more = "", string flags = "") => Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}}, {{more}}
          "flags": { {{flags}} "f": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "on" } } }
        """);
}
