using System.Text;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Formats that others wrote, and that throw where they must not.</summary>
public sealed class ThrowingFormatTests
{
    private static readonly SnapshotServices Services = Some.Services();

    public static TheoryData<string> Faults => ["null", "throws", "half a definition", "half a result"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void WhatThrowsIsRefusedWithADiagnostic(string fault)
    {
        var result = Judge(fault);

        result.Verdict.Should().Be(AcceptanceVerdict.Refused);
        result.Diagnostics[^1].Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.UnreadableDocument && found.Severity == DiagnosticSeverity.Fatal && found.Path == "$");
    }

    [Fact]
    public void DiagnosticSaysWhatWasThrownAndWhere() =>
        Judge("throws").Diagnostics[^1].Message.Should().Contain("NotSupportedException: as planned").And.Contain("at ").And.Contain(nameof(Throwing));

    [Fact]
    public async Task WhatIsInForceStaysAndLaterSnapshotsAreTaken()
    {
        var script = new ScriptedSource();
        await using var test = new ClientUnderTest(source: new ThrowingSource(script)).Start();

        await PlayAsync(ClientUnderTest.Document(1));
        await PlayAsync("throws");
        test.IsOn.Should().BeTrue();
        test.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        test.Status.Cause.Message.Should().Contain("PD1134");
        await PlayAsync(ClientUnderTest.Document(2, on: false));

        test.IsOn.Should().BeFalse();

        Task PlayAsync(string document) => test.Time.WithoutPausesAsync(() => script.PlayAsync(ScriptedSource.Document(document)));
    }

    private static AcceptanceResult Judge(string document) => new SnapshotAcceptance(Services, new(), 0.25).Judge(
        SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document)), new Throwing(), SnapshotOrigin.Source, FeatureSnapshot.NotReady(Services));

    private sealed class Throwing : ISnapshotFormat
    {
        private readonly ISnapshotFormat _own = SnapshotJson.Format();

        public string Name => "throwing";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => Encoding.UTF8.GetString(document.Span) switch
        {
            "null" => null!,
            "throws" => throw new NotSupportedException("as planned"),
            "half a definition" => new(new() { Version = 1, Flags = null! }, []),
            "half a result" => new(null, null!),
            _ => _own.Read(document),
        };
    }

    private sealed class ThrowingSource(ScriptedSource script) : ISnapshotSource
    {
        public string Name => script.Name;

        public ISnapshotFormat Format { get; } = new Throwing();

        public ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => script.ReadAsync(cancellationToken);

        public void Acknowledge(SnapshotReading reading) => script.Acknowledge(reading);

        public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => script.WaitForChangeAsync(cancellationToken);
    }
}
