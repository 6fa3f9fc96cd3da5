using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A guard allocates nothing for an outcome.</summary>
public sealed class GuardAllocationTests : IDisposable
{
    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    public static TheoryData<string> Kinds() => ["limit", "pair", "once per unit"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GoodOutcomeAllocatesNothing(string kind)
    {
        _canary.Publish(SomeGuard.Guarded(kind switch
        {
            "pair" => SomeGuard.Pair(),
            "limit" => SomeGuard.Errors(),
            _ => SomeGuard.Errors() with { OncePer = TimeSpan.FromMinutes(1) },
        }));
        var watch = _canary.Watches().Single();
        ulong unit = 0;

        Allocated.By(() => watch.Observe(new(OutcomeResult.Success, 10, Unit: ++unit))).Should().Be(0);

        _canary.Guard.Outcomes.Should().Be(400);
    }
}
