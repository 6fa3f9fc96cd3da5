using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles the placement of units. Faults are reported; a bucketing with a fault never runs.</summary>
internal static class BucketingCompiler
{
    public static UnitBucketing Compile(CompilationScope scope, BucketingDefinition definition)
    {
        if (definition.Algorithm is not (BucketAlgorithm.Sha1Fraction or BucketAlgorithm.Sha256Percent) && definition.Buckets is < 1 or > uint.MaxValue)
        {
            scope.Enter("buckets");
            scope.Report(DiagnosticCatalog.InvalidOperand(scope.Path, scope.Subject, "buckets", "a whole number from 1 to 4294967295", definition.Buckets.ToString(CultureInfo.InvariantCulture)));
            scope.Leave();
        }

        return new(new(definition.Algorithm, definition.Buckets, References(scope, definition.By))
        {
            Seed = definition.Seed,
            Prefix = definition.Prefix,
            Suffix = definition.Suffix,
            Units = definition.Units,
            AcceptsEmpty = definition.AcceptsEmpty,
            Missing = definition.Missing,
        });
    }

    private static AttributeReference[] References(CompilationScope scope, IReadOnlyList<string>? by)
    {
        if (by is null)
            return [AttributeReference.TargetingKey];
        scope.Enter("by");
        AttributeReference[] references = [.. by.Select(scope.Reference).OfType<AttributeReference>()];
        scope.Leave();
        return references;
    }
}
