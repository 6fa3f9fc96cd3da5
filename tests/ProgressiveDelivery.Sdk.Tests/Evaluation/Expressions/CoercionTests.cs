using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

public sealed class CoercionTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\u00a0\ufeff", 0)]
    [InlineData(" 42.50 ", 42.5)]
    [InlineData("-.5e1", -5)]
    [InlineData("5.", 5)]
    [InlineData("0x1F", 31)]
    [InlineData("0b101", 5)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1_000", double.NaN)]
    [InlineData("1e", double.NaN)]
    [InlineData("infinity", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("-0x1", double.NaN)]
    [InlineData(".", double.NaN)]
    [InlineData("12px", double.NaN)]
    public void TextIsReadAsANumberAsAWhole(string text, double number) => EcmaScriptNumber.Read(text).Should().Be(number);

    [Theory]
    [InlineData("12px", 12)]
    [InlineData(" 3.5.1", 3.5)]
    [InlineData("1e5x", 100_000)]
    [InlineData("1e+", 1)]
    [InlineData("Infinityx", double.PositiveInfinity)]
    [InlineData("0x10", 0)]
    [InlineData("", double.NaN)]
    [InlineData("px", double.NaN)]
    [InlineData("-", double.NaN)]
    public void TextIsReadAsTheNumberThatItBeginsWith(string text, double number) => EcmaScriptNumber.ReadStart(text).Should().Be(number);

    [Fact]
    public void TextTooLongToBeANumberIsNone() => EcmaScriptNumber.Read(new string('1', 100_000)).Should().Be(double.NaN);

    [Fact]
    public void EmptyListCountsAsFalseAndTheTextZeroAsTrue()
    {
        Truth(AttributeValue.List()).Should().BeFalse();
        Truth("0").Should().BeTrue();
        Truth("").Should().BeFalse();
        Truth(0).Should().BeFalse();
        Truth(double.NaN).Should().BeFalse();
        Truth(default).Should().BeFalse();
        Truth(AttributeValue.Object([])).Should().BeTrue();
        Truth(AttributeValue.List(0)).Should().BeTrue();
    }

    [Fact]
    public void EqualityCoercesAndSamenessDoesNot()
    {
        Equal("1.0", 1).Should().BeTrue();
        Equal(true, "1").Should().BeTrue();
        Equal(true, "true").Should().BeFalse();
        Equal(default, 0).Should().BeFalse();
        Equal(default, default).Should().BeTrue();
        Equal(AttributeValue.List(1, 2), "1,2").Should().BeTrue();
        Equal(AttributeValue.List(), 0).Should().BeTrue();
        Equal(AttributeValue.List(1), AttributeValue.List(1)).Should().BeFalse();
        Equal(AttributeValue.Object([]), "[object Object]").Should().BeTrue();
        Of(ExpressionOperator.Same, Value(1), Value(1.0)).Evaluate().Should().Be((AttributeValue)true);
        Of(ExpressionOperator.Same, Value(1), Value("1")).Evaluate().Should().Be((AttributeValue)false);
        Of(ExpressionOperator.NotSame, Value(double.NaN), Value(double.NaN)).Evaluate().Should().Be((AttributeValue)true);
    }

    [Fact]
    public void TwoTextsAreOrderedByCodeUnitsAndAllElseAsNumbers()
    {
        Less("10", "9").Should().BeTrue();
        Less("10", 9).Should().BeFalse();
        Less(default, 1).Should().BeTrue();
        Less("x", 1).Should().BeFalse();
        Less(1, "x").Should().BeFalse();
        Of(ExpressionOperator.AtLeast, Value(AttributeValue.Object([])), Value(1)).Evaluate().Should().Be((AttributeValue)false);
    }

    private static bool Truth(AttributeValue value) => Boolean(Of(ExpressionOperator.IsTrue, Value(value)));

    private static bool Equal(AttributeValue one, AttributeValue other) => Boolean(Of(ExpressionOperator.Equal, Value(one), Value(other)));

    private static bool Less(AttributeValue one, AttributeValue other) => Boolean(Of(ExpressionOperator.Less, Value(one), Value(other)));

    private static bool Boolean(ExpressionDefinition expression) => expression.Evaluate().TryGetBoolean(out var value) && value;
}
