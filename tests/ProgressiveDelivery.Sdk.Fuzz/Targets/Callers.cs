using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>Who asks: three callers that know what the seeds ask for, and those that the document itself brings.</summary>
internal static class Callers
{
    private const int MaxOfADocument = 4;

    private static readonly EvaluationContext[] Known =
    [
        EvaluationContext.Empty,
        new("u-1")
        {
            ["country"] = "NL",
            ["age"] = 42,
            ["score"] = 0.75,
            ["beta"] = true,
            ["version"] = "4.2.0-rc.1",
            ["address"] = "10.1.2.3",
            ["since"] = "2026-01-01T00:00:00Z",
            ["tags"] = new[] { "a", "b" },
            ["home"] = AttributeValue.Object([new("country", "BE"), new("rooms", AttributeValue.List(1, "x"))]),
        },
        new EvaluationContext("u-2") { ["country"] = "be", ["age"] = 17.0, ["address"] = "2001:db8::1", ["score"] = double.NaN }
            .WithKind("organization", new("o-1") { ["plan"] = "gold" })
            .WithPrivate("country"),
    ];

    public static IReadOnlyList<EvaluationContext> Of(SnapshotDefinition definition) =>
        [.. Known, .. definition.Assertions.Take(MaxOfADocument).Select(assertion => assertion.Context)];
}
