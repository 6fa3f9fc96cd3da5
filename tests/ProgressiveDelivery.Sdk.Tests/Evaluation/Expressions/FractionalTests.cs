using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using static ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions.Formula;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

public sealed class FractionalTests
{
    private static readonly ExpressionDefinition[] Halves = [Share("a", 50), Share("b", 50)];

    public static TheoryData<AttributeValue, string> Encodings => new()
    {
        { "user1", "657573657231" },
        { "", "60" },
        { 123, "187B" },
        { 123.0, "187B" },
        { -0.0, "00" },
        { -1, "20" },
        { -500.0, "3901F3" },
        { long.MinValue, "3B7FFFFFFFFFFFFFFF" },
        { 9223372036854775808.0, "1B8000000000000000" },
        { 18446744073709551616.0, "FA5F800000" },
        { 1.5, "F93E00" },
        { 0.1, "FB3FB999999999999A" },
        { 5.960464477539063E-08, "F90001" },
        { 65504.5, "FA477FE080" },
        { true, "F5" },
        { AttributeValue.List(1, default, "x"), "8301F66178" },
        { AttributeValue.Object([new("z", 1), new("aa", 2)]), "A2617A0162616102" },
        { AttributeValue.Object([new("\uFFFD", 1), new("\U0001F600", 2), new("abc", 3), new("é", 4)]), "A462C3A90463616263" + "0363EFBFBD01" + "64F09F988002" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void ValuesHaveOneEncodingEach(AttributeValue value, string bytes) => Encode(value).Should().Be(bytes);

    [Fact]
    public void MembersOfALargeObjectAreInTheOrderOfTheirEncodedNames()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 7919 % 1009}"))];

        var bytes = Encode(AttributeValue.Object(names.Select(name => KeyValuePair.Create(name, (AttributeValue)true))));

        var expected = names.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => string.Create(CultureInfo.InvariantCulture, $"{0x60 + name.Length:X2}") + Convert.ToHexString(Encoding.UTF8.GetBytes(name)) + "F5");
        bytes.Should().Be("B901F4" + string.Concat(expected));
    }

    [Fact]
    public void PublishedHashesComeOut()
    {
        HashOf("user1").Should().Be(0xdbc2257a);
        HashOf(123).Should().Be(0xc6b94221);
        HashOf(AttributeValue.Object([new("z", 1), new("aa", 2)])).Should().Be(0xcd7f9871);
        HashOf(AttributeValue.List("fractional-flag-shorthand", "user-1")).Should().Be(0x40648c4b);
        Murmur3.Hash("fractional-flagjack"u8, 0).Should().Be(0x9fe843e0);
    }

    [Fact]
    public void HashIsUnsigned()
    {
        // The hash of this text is 2^31: the middle, where a signed one would be negative.
        Choose("6LvT0", FractionalHash.Text, Halves).Should().Be((AttributeValue)"b");
        Choose("ejOoVL", FractionalHash.Text, Halves).Should().Be((AttributeValue)"a");
    }

    [Fact]
    public void WithoutAValueTheFlagAndTheTargetingKeyAreHashed()
    {
        var shares = new[] { Share("a", 1), Share("b", 1) };
        var user = new EvaluationContext("user-3");

        var text = new FractionalExpression { Shares = shares, Hash = FractionalHash.Text }.Evaluate(user);
        var cbor = new FractionalExpression { Shares = shares, Hash = FractionalHash.Cbor }.Evaluate(user);

        text.Should().Be(Choose("flaguser-3", FractionalHash.Text, shares));
        cbor.Should().Be(Choose(AttributeValue.List("flag", "user-3"), FractionalHash.Cbor, shares));
        new FractionalExpression { Shares = shares, Hash = FractionalHash.Text }.Evaluate().IsNull.Should().BeTrue();
        new FractionalExpression { Shares = shares, Hash = FractionalHash.Cbor }.Evaluate().IsNull.Should().BeTrue();
    }

    [Fact]
    public void NullIsThePairForTextsAndNothingForCbor()
    {
        var user = new EvaluationContext("user-3");

        new FractionalExpression { By = Value(default), Shares = Halves, Hash = FractionalHash.Text }.Evaluate(user).Should().Be(Choose("flaguser-3", FractionalHash.Text, Halves));
        new FractionalExpression { By = Value(default), Shares = Halves, Hash = FractionalHash.Cbor }.Evaluate(user).IsNull.Should().BeTrue();
        new FractionalExpression { By = Value(7), Shares = Halves, Hash = FractionalHash.Text }.Evaluate(user).IsNull.Should().BeTrue();
    }

    [Fact]
    public void ConcatenatedTextIsHashedAsIfItWereBuilt()
    {
        var parts = Of(ExpressionOperator.Concatenate, Value("6Lv"), Of(ExpressionOperator.Concatenate, Value("T"), Value(0)));

        foreach (var hash in Enum.GetValues<FractionalHash>())
            new FractionalExpression { By = parts, Shares = Halves, Hash = hash }.Evaluate().Should().Be(Choose("6LvT0", hash, Halves));
    }

    [Fact]
    public void WeightsThatMakeNoSenseYieldNull()
    {
        Weighted(1.5).IsNull.Should().BeTrue();
        Weighted("50").IsNull.Should().BeTrue();
        Weighted(2147483648).IsNull.Should().BeTrue();
        Weighted(2147483647).IsNull.Should().BeTrue("the sum is more than that");
        Weighted(-1).Should().Be((AttributeValue)"b");
        Weighted(1.0).IsNull.Should().BeFalse();
        Choose("x", FractionalHash.Text, [Share("a", 0)]).IsNull.Should().BeTrue();
        Choose("x", FractionalHash.Text, [Many()]).IsNull.Should().BeTrue();
        Choose("x", FractionalHash.Text, []).IsNull.Should().BeTrue();
        Choose("x", FractionalHash.Text, [Many(Value("a"))]).Should().Be((AttributeValue)"a");
    }

    [Fact]
    public void SharesMayBeComputed()
    {
        var context = new EvaluationContext("u") { ["share"] = AttributeValue.List("c", 100) };

        new FractionalExpression { By = Value("x"), Shares = [Variable("share"), Share("a", 0)], Hash = FractionalHash.Text }.Evaluate(context).Should().Be((AttributeValue)"c");
    }

    [Fact]
    public void ManySharesDivideTheRangeAsFewDo()
    {
        var shares = Enumerable.Range(0, 1_000).Select(i => Share(i, 1)).ToArray();

        Choose("6LvT0", FractionalHash.Text, shares).Should().Be((AttributeValue)500);
    }

    private static AttributeValue Weighted(AttributeValue weight) => Choose("6LvT0", FractionalHash.Text, [Share("a", weight), Share("b", 1)]);

    private static ExpressionDefinition Share(AttributeValue value, AttributeValue weight) => Many(Value(value), Value(weight));

    private static AttributeValue Choose(AttributeValue by, FractionalHash hash, ExpressionDefinition[] shares) =>
        new FractionalExpression { By = Value(by), Shares = shares, Hash = hash }.Evaluate();

    private static uint HashOf(AttributeValue value) => Murmur3.Hash(Convert.FromHexString(Encode(value)), 0);

    private static string Encode(AttributeValue value)
    {
        var buffer = new CborBuffer(new byte[8]);
        buffer.Append(in value);
        var text = Convert.ToHexString(buffer.Bytes);
        buffer.Return();
        return text;
    }
}
