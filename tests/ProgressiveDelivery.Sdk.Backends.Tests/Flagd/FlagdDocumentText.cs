using System.Text;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

/// <summary>Documents of flagd, written for these tests.</summary>
internal static class FlagdDocumentText
{
    public static SnapshotReadResult Read(string document, FlagdFormat? format = null) =>
        (format ?? new()).Read(Encoding.UTF8.GetBytes(document));

    /// <summary>A document with the flag <c>flag</c>, which has that targeting, and <c>other</c>, which has none.</summary>
    public static string WithTargeting(string targeting, string evaluators = "{}") =>
        $$"""{ "$evaluators": {{evaluators}}, "flags": { "flag": {{Flag(targeting)}}, "other": {{Flag("{}")}} } }""";

    /// <summary>A flag of the variants <c>a</c>, <c>b</c> and <c>true</c>, <c>a</c> by default.</summary>
    public static string Flag(string targeting) =>
        $$"""{ "state": "ENABLED", "variants": { "a": "A", "b": "B", "true": "yes" }, "defaultVariant": "a", "targeting": {{targeting}} }""";
}
