using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public sealed class EcmaScriptTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-17, "-17")]
    [InlineData(100, "100")]
    [InlineData(0.5, "0.5")]
    [InlineData(1.25, "1.25")]
    [InlineData(-120.75, "-120.75")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.00000123, "0.00000123")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(1.23e-7, "1.23e-7")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void NumberIsWrittenAsEcmaScriptDoes(double number, string text)
    {
        Span<char> written = stackalloc char[EcmaScriptText.MaxLength];

        written[..EcmaScriptText.Write(number, written)].ToString().Should().Be(text);
    }
}
