using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed class StackContextTests
{
    private static readonly FeatureSnapshot Flags = Some.Snapshot(
        [.. Enumerable.Range(0, 25).Select(i => Some.Flag($"a{i}").When(Some.Equal($"a{i}", i))), Some.Flag("keyed").When(Some.Equal("targetingKey", "u"))]).Open();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(25)]
    public void EveryAttributeIsFoundHoweverManyThereAre(int count)
    {
        var context = new StackContext("u");
        for (var i = 0; i < count; i++)
            context.Set($"a{i}", i);

        for (var i = 0; i < 25; i++)
            Flags.IsEnabled($"a{i}", in context, false).Should().Be(i < count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void LastValueOfANameCounts(int times)
    {
        var context = new StackContext("u");
        for (var i = 0; i < times; i++)
            context.Set("a1", "wrong");
        context.Set("a1", 1);

        Flags.IsEnabled("a1", in context, false).Should().BeTrue();
        context.ToContext()["a1"].Should().Be((AttributeValue)1);
    }

    [Fact]
    public void KeyIsTheTargetingKey()
    {
        var keyed = new StackContext("u");
        var anonymous = new StackContext(null);

        Flags.IsEnabled("keyed", in keyed, false).Should().BeTrue();
        Flags.IsEnabled("keyed", in anonymous, false).Should().BeFalse();
        Flags.IsEnabled("keyed", new StackContext(), false).Should().BeFalse();
    }

    [Fact]
    public void NullNameIsTheCallersMistake()
    {
        var act = () =>
        {
            var context = new StackContext("u");
            string name = null!;
            context.Set(name, 1);
        };

        act.Should().Throw<ArgumentNullException>();
    }
}
