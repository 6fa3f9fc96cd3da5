using System.Text;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Definitions;

/// <summary>Messages advise what their reader can do, not what the caller of some other library can.</summary>
public sealed class ForeignAdviceTests
{
    public static TheoryData<string> Malformed => new()
    {
        """{"schema": "progressive-delivery/1", "version": 1, "flags": {},}""",
        """{"schema": "progressive-delivery/1", "version": 1, "flags": {"a": [1,]}}""",
        """{"schema": "progressive-delivery/1", /* why */ "version": 1}""",
        """{"schema": "progressive-delivery/1", "version": 1""",
        """{"schema": "progressive-delivery/1", "version": 01}""",
        """{"schema": "progressive-delivery/1"} x""",
        string.Concat(Enumerable.Repeat("[", 2000)),
        string.Concat(Enumerable.Repeat("{\"a\":", 2000)),
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void MalformedDocumentIsDescribedWithoutTheParsersAdvice(string document)
    {
        var message = SnapshotJson.Read(Encoding.UTF8.GetBytes(document)).Diagnostics[^1].Message;

        message.Should().NotContainAny("reader options", "this mode", "LineNumber", "BytePositionInLine", "configured depth", "..");
        message.Should().EndWith(".");
    }

    [Theory]
    [InlineData("{\"a\": 1,}")]
    [InlineData("[1,]")]
    [InlineData("{")]
    [InlineData("nonsense")]
    public void ValueThatIsNoJsonIsDescribedWithoutTheParsersAdvice(string json) => FluentActions.Invoking(() => VariantValue.Json(json))
        .Should().Throw<ArgumentException>().Which.Message.Should().NotContainAny("reader options", "this mode", "LineNumber", "..");

    [Fact]
    public void ValueThatIsTooDeepIsDescribedWithoutTheParsersAdvice() => FluentActions.Invoking(() => VariantValue.Json(new string('[', 100)))
        .Should().Throw<ArgumentException>().WithMessage("*deepest nesting of 64*").Which.Message.Should().NotContainAny("configured", "LineNumber");

    [Fact]
    public void ZoneThatIsUnknownIsToldApartFromAMachineWithoutZones()
    {
        DiagnosticSubject subject = "f";

        DiagnosticCatalog.InvalidTimeZone("$", subject, "Europe/Amstredam", hasZones: true).Message.Should().Contain("'Europe/Amstredam' is not known here").And.NotContain("tzdata");
        DiagnosticCatalog.InvalidTimeZone("$", subject, "Europe/Amsterdam", hasZones: false).Message.Should().Contain("no time zone data").And.Contain("tzdata").And.NotContain("such as");
    }
}
