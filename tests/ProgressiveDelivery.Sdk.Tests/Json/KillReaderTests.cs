using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

public class KillReaderTests
{
    [Fact]
    public void KillIsRead() =>
        Read("""{ "version": 1043, "flag": "f", "variant": "off", "newer": 1 }""", out _).Should().Be(new SnapshotKill(1043, "f", "off"));

    [Fact]
    public void UnknownMemberIsAWarning()
    {
        new KillReader(new()).Read("""{ "version": 1043, "flag": "f", "variant": "off", "newer": 1, "x-by": 2 }"""u8.ToArray(), out _, out var warnings).Should().NotBeNull();

        warnings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "PD1144", Severity = DiagnosticSeverity.Warning, Path = "$.newer" });
    }

    [Theory]
    [InlineData("[]", "PD1012", "$")]
    [InlineData("""{ "flag": "f", "variant": "off" }""", "PD1012", "$.version")]
    [InlineData("""{ "version": 0, "flag": "f", "variant": "off" }""", "PD1012", "$.version")]
    [InlineData("""{ "version": 1, "flag": 1, "variant": "off" }""", "PD1012", "$.flag")]
    [InlineData("""{ "version": 1, "flag": "f", "variant": null }""", "PD1012", "$.variant")]
    [InlineData("""{ "version": 1, """, "PD1001", "$")]
    public void MalformedKillIsRefused(string text, string id, string path)
    {
        Read(text, out var fault).Should().BeNull();

        fault!.Id.Should().Be(id);
        fault.Path.Should().Be(path);
    }

    private static SnapshotKill? Read(string text, out SnapshotDiagnostic? fault) => new KillReader(new()).Read(Encoding.UTF8.GetBytes(text), out fault);
}
