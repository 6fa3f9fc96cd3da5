using CsCheck;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class EvaluationContextPropertyTests
{
    private static readonly Gen<AttributeValue> Value = Values(2);

    private static readonly Gen<(string Name, AttributeValue Value)[]> Members =
        Gen.Select(Gen.String[Gen.Char['a', 'f'], 1, 2], Value, (name, value) => (name, value)).Array[0, 30]
            .Select(members => members.DistinctBy(member => member.name).ToArray());

    [Fact]
    public void ContextsAreEqualWhateverTheOrderTheyWereBuiltIn() => Gen.Select(Members, Gen.Int).Sample((members, seed) =>
    {
        var shuffled = ((string Name, AttributeValue Value)[])members.Clone();
        new Random(seed).Shuffle(shuffled);

        var one = new EvaluationContext("u", members.Select(Pair));
        var other = shuffled.Aggregate(new EvaluationContext("u"), (context, member) => context.With(member.Name, member.Value));

        other.Should().Be(one);
        other.GetHashCode().Should().Be(one.GetHashCode());
        other.ToString().Should().Be(one.ToString());
    }, iter: 1_000, threads: 1);

    [Fact]
    public void EveryAttributeIsFoundAgainInBothFormsOfContext() => Members.Sample(members =>
    {
        var context = new EvaluationContext("u", members.Select(Pair));
        var stack = new StackContext("u");
        foreach (var (name, value) in members)
            stack.Set(name, value);

        members.All(member => context[member.Name] == member.Value).Should().BeTrue();
        stack.ToContext().Should().Be(context);
        context.Attributes.Select(attribute => attribute.Name).Should().BeInAscendingOrder(StringComparer.Ordinal);
    }, iter: 1_000, threads: 1);

    [Fact]
    public void EqualValuesHaveEqualHashes() => Gen.Select(Value, Value).Sample((left, right) =>
    {
        if (left == right)
            right.GetHashCode().Should().Be(left.GetHashCode());
        (right == left).Should().Be(left == right);
    }, iter: 20_000, threads: 1);

    [Fact]
    public void EqualityIsTransitive() => Gen.Select(Number, Number, Number).Sample((one, two, three) =>
    {
        if (one == two && two == three)
            one.Should().Be(three);
    }, iter: 20_000, threads: 1);

    private static readonly Gen<AttributeValue> Number = Gen.Select(Gen.Int[-2, 2], Gen.Bool, Gen.Int[0, 2], (offset, whole, place) =>
    {
        var integer = place switch { 0 => 0L, 1 => 1L << 53, _ => long.MaxValue - 2 } + offset;
        return whole ? (AttributeValue)integer : (double)integer;
    });

    private static KeyValuePair<string, AttributeValue> Pair((string Name, AttributeValue Value) member) => new(member.Name, member.Value);

    private static Gen<AttributeValue> Values(int depth)
    {
        var scalar = Gen.OneOf(
            Gen.Const(default(AttributeValue)),
            Gen.String[Gen.Char['a', 'c'], 0, 2].Select(text => (AttributeValue)text),
            Gen.Bool.Select(boolean => (AttributeValue)boolean),
            Gen.Int[-2, 2].Select(integer => (AttributeValue)integer),
            Gen.Int[-4, 4].Select(halves => (AttributeValue)(halves / 2.0)),
            Gen.Const((AttributeValue)double.NaN),
            Gen.Const((AttributeValue)(-0.0)),
            Gen.Int[0, 2].Select(days => (AttributeValue)Some.Monday.AddDays(days)));
        if (depth == 0)
            return scalar;
        var inner = Values(depth - 1);
        return Gen.OneOf(
            scalar,
            inner.Array[0, 3].Select(items => AttributeValue.List(items)),
            Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 1], inner, (name, value) => KeyValuePair.Create(name, value)).Array[0, 3].Select(AttributeValue.Object));
    }
}
