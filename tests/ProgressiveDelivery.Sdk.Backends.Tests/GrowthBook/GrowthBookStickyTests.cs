using ProgressiveDelivery.Sdk.Backends.GrowthBook;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.Backends.Tests.GrowthBook;

/// <summary>Variations that are kept under two attributes.</summary>
public sealed class GrowthBookStickyTests
{
    private const string Experiment = "exp__0";

    private readonly AssignmentMemory _stored = new(100);

    [Fact]
    public void VariationFoundByTheFallbackAttributeIsStoredByTheHashAttributeToo()
    {
        Ask("""{"key":"exp","variations":["a","b"],"hashAttribute":"id","fallbackAttribute":"device","meta":[{"key":"0"},{"key":"1"}]}""", Somebody(id: null));
        var first = Stored("device||d");
        Stored("id||u").Should().BeNull();

        Ask("""{"key":"exp","variations":["a","b"],"hashAttribute":"id","fallbackAttribute":"device","meta":[{"key":"0"},{"key":"1"}]}""", Somebody("u"));

        first.Should().NotBeNull();
        Stored("id||u").Should().Be(first);
    }

    [Fact]
    public void VariationThatTheExperimentGivesToAllIsNotStored()
    {
        Asked.Of(new GrowthBookFormat { StickyBucketing = true }, """{"experiments":[{"key":"exp","variations":["a","b"],"force":1,"meta":[{"key":"0"},{"key":"1"}]}]}""", assignments: _stored)
            .GetString("exp", Somebody("u"), null).Should().Be("b");

        Stored("id||u").Should().BeNull();
    }

    private void Ask(string rule, EvaluationContext context) => Asked.Of(
        new GrowthBookFormat { StickyBucketing = true }, $$"""{"features":{"f":{"defaultValue":"none","rules":[{{rule}}]} } }""", assignments: _stored).GetString("f", context, null).Should().BeOneOf("a", "b");

    private string? Stored(string unit) => _stored.TryGet(Experiment, unit, out var assignment) ? assignment.Variant : null;

    private static EvaluationContext Somebody(string? id) => new EvaluationContext(id).With("device", "d");
}
