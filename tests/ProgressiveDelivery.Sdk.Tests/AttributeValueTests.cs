using System.Globalization;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class AttributeValueTests
{
    [Fact]
    public void PlainValuesKeepTheirKind()
    {
        ((AttributeValue)"a").Kind.Should().Be(AttributeKind.String);
        ((AttributeValue)true).Kind.Should().Be(AttributeKind.Boolean);
        ((AttributeValue)7).Kind.Should().Be(AttributeKind.Integer);
        ((AttributeValue)7L).Kind.Should().Be(AttributeKind.Integer);
        ((AttributeValue)7.0).Kind.Should().Be(AttributeKind.Number);
        ((AttributeValue)Some.Monday).Kind.Should().Be(AttributeKind.Instant);
        ((AttributeValue)new[] { "a" }).Kind.Should().Be(AttributeKind.List);
        AttributeValue.Object([]).Kind.Should().Be(AttributeKind.Object);
        default(AttributeValue).IsNull.Should().BeTrue();
    }

    [Fact]
    public void NullBecomesNoValue()
    {
        ((AttributeValue)(string?)null).IsNull.Should().BeTrue();
        ((AttributeValue)(string[]?)null).IsNull.Should().BeTrue();
        ((AttributeValue)new string[] { null! }).Items[0].IsNull.Should().BeTrue();
    }

    [Fact]
    public void EachKindIsReadAsItselfAndNotAsAnother()
    {
        AttributeValue text = "1", boolean = true, integer = 1, number = 1.5, instant = Some.Monday;

        text.AsString().Should().Be("1");
        integer.AsString().Should().BeNull();
        AttributeValue.List("a").AsString().Should().BeNull();
        boolean.TryGetBoolean(out var on).Should().BeTrue();
        on.Should().BeTrue();
        integer.TryGetBoolean(out _).Should().BeFalse();
        integer.TryGetInteger(out var whole).Should().BeTrue();
        whole.Should().Be(1);
        number.TryGetInteger(out _).Should().BeFalse();
        integer.TryGetNumber(out var real).Should().BeTrue();
        real.Should().Be(1);
        text.TryGetNumber(out _).Should().BeFalse();
        instant.TryGetInstant(out var at).Should().BeTrue();
        at.Should().Be(Some.Monday);
        text.TryGetInstant(out _).Should().BeFalse();
        text.Items.Length.Should().Be(0);
        text.Members.Length.Should().Be(0);
    }

    [Fact]
    public void EqualityIsByKindAndValue()
    {
        ((AttributeValue)1).Should().Be((AttributeValue)1.0);
        ((AttributeValue)(-0.0)).Should().Be((AttributeValue)0);
        ((AttributeValue)double.NaN).Should().Be((AttributeValue)double.NaN);
        ((AttributeValue)"1").Should().NotBe((AttributeValue)1);
        ((AttributeValue)true).Should().NotBe((AttributeValue)1);
        ((AttributeValue)"a").Should().NotBe((AttributeValue)"A");
        AttributeValue.List(1, "a").Should().Be(AttributeValue.List(1.0, "a"));
        AttributeValue.List("a", "b").Should().NotBe(AttributeValue.List("b", "a"));
        AttributeValue.Object([new("a", 1), new("b", 2)]).Should().Be(AttributeValue.Object([new("b", 2), new("a", 1)]));
        (default(AttributeValue) == default).Should().BeTrue();
    }

    [Fact]
    public void IntegerThatNoDoubleHoldsEqualsNone()
    {
        AttributeValue integer = (1L << 53) + 1;

        integer.Should().NotBe((AttributeValue)(double)(1L << 53));
        ((AttributeValue)long.MaxValue).Should().NotBe((AttributeValue)9223372036854775808.0);
        ((AttributeValue)long.MinValue).Should().Be((AttributeValue)(-9223372036854775808.0));
    }

    [Fact]
    public void InstantsAreEqualWhateverTheirOffset()
    {
        AttributeValue here = Some.Monday.ToOffset(TimeSpan.FromHours(5));

        here.Should().Be((AttributeValue)Some.Monday);
        here.GetHashCode().Should().Be(((AttributeValue)Some.Monday).GetHashCode());
    }

    [Fact]
    public void MembersAreOrderedAndTheLastOfANameCounts()
    {
        var value = AttributeValue.Object([new("b", 1), new("a", 2), new("b", 3)]);

        value.Members.ToArray().Should().Equal(new ContextAttribute("a", 2), new ContextAttribute("b", 3));
    }

    [Fact]
    public void ItemsAreCopied()
    {
        AttributeValue[] items = ["a"];
        var list = AttributeValue.List(items);

        items[0] = "b";

        list.Items[0].Should().Be((AttributeValue)"a");
    }

    [Fact]
    public void TextIsAsJsonWouldWriteIt()
    {
        AttributeValue.List("a", 1, 0.1, true, default).ToString().Should().Be("""["a", 1, 0.1, true, null]""");
        AttributeValue.Object([new("a", 1)]).ToString().Should().Be("{a = 1}");
        ((AttributeValue)Some.Monday).ToString().Should().Be(Some.Monday.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void ManyMembersAreOrderedInTime()
    {
        // Descending, so that each would move all those before it.
        var members = Enumerable.Range(0, 300_000).Select(i => KeyValuePair.Create($"m{999_999 - i}", (AttributeValue)i)).ToList();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var value = AttributeValue.Object(members);

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        value.Members.Length.Should().Be(members.Count);
        value.Members[0].Should().Be(new ContextAttribute("m700000", 299_999));
    }
}
