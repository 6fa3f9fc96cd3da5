using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Tests.Steering;

public sealed class AdoptionPlanTests
{
    private static readonly TimeSpan Bake = TimeSpan.FromHours(1);

    [Fact]
    public void DelayIsWithinTheBakeTimeAndTheSameForOneInstanceAndVersion()
    {
        for (var version = 1L; version <= 500; version++)
        {
            var delay = DelayOf("web-1", version);
            delay.Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThan(Bake);
            DelayOf("web-1", version).Should().Be(delay);
        }
    }

    // A golden value: another release of the library must not put the instances in another order.
    [Fact]
    public void DelayStaysTheSameOverReleases() => DelayOf("web-1", 42).Should().Be(Bake * 0.032984);

    [Fact]
    public void InstancesAreSpreadEvenly()
    {
        var tenths = Enumerable.Range(0, 10_000).GroupBy(i => (int)(DelayOf($"web-{i}", 7) / Bake * 10)).ToDictionary(tenth => tenth.Key, tenth => tenth.Count());

        tenths.Keys.Should().BeEquivalentTo(Enumerable.Range(0, 10));
        tenths.Values.Should().OnlyContain(count => count > 880 && count < 1_120);
    }

    [Fact]
    public void EachVersionHasAnOrderOfItsOwn()
    {
        var early = Enumerable.Range(0, 10_000).Where(i => DelayOf($"web-{i}", 7) < Bake / 10).ToList();

        early.Count(i => DelayOf($"web-{i}", 8) < Bake / 10).Should().BeLessThan(early.Count / 5);
    }

    [Fact]
    public void AnotherSaltIsAnotherOrder() =>
        new AdoptionPlan(Bake, "web-1", "other").DelayOf(7).Should().NotBe(DelayOf("web-1", 7));

    private static TimeSpan DelayOf(string instance, long version) => new AdoptionPlan(Bake, instance, "adoption").DelayOf(version);
}
