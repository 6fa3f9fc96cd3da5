using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Finds the errors in guards given in code: by compiling them as a snapshot's, in a flag that has whatever variants they name.</summary>
internal static class GuardCheck
{
    public static IEnumerable<string> FaultsOf(IEnumerable<(string Flag, GuardDefinition Guard)> guards) =>
        guards.GroupBy(entry => entry.Flag, entry => entry.Guard, StringComparer.Ordinal).SelectMany(FaultsOf);

    private static IEnumerable<string> FaultsOf(IGrouping<string, GuardDefinition> guards)
    {
        string[] names = [.. guards.SelectMany(guard => new[] { guard.Variant, guard.Against, guard.RevertTo }).OfType<string>().Distinct(StringComparer.Ordinal)];
        var flag = new FlagDefinition
        {
            Key = guards.Key,
            Type = FlagType.String,
            Variants = [.. names.Select(name => new VariantDefinition { Name = name, Value = name })],
            Guards = [.. guards],
            Default = new SplitOutcome { Weights = [.. names.Select(name => new WeightedVariant(name, 1))] },
        };
        var result = SnapshotCompiler.Compile(new() { Version = 1, Flags = [flag] }, new());
        return result.Diagnostics.Select(diagnostic => diagnostic.Message);
    }
}
