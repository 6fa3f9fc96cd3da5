using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Compiles the flags: variants, prerequisites, rules and what they serve. A malformed one too, for what others have to know of it:
/// whom it depends on, and which slots it claims.
/// </summary>
internal static class FlagPass
{
    // Rules are counted in 16 bits, so that a decision fits a register.
    private const int MostRules = short.MaxValue;

    public static void Run(CompilationState state)
    {
        foreach (var node in state.Fresh)
        {
            if (node is FlagNode flag)
                Compile(new FlagScope(state, flag));
        }

        foreach (var node in state.Fresh)
        {
            foreach (var (variants, flag) in node.Links)
                variants.Link(flag);
        }
    }

    private static void Compile(FlagScope scope)
    {
        var definition = scope.Definition;
        var variants = VariantCompiler.Compile(scope);
        var offVariant = OffVariant(scope);
        var requires = Requires(scope);
        var rules = Rules(scope);
        scope.Enter("default");
        var @default = definition.Default is null ? null : OutcomeCompiler.Compile(scope, definition.Default);
        scope.Leave();
        if (scope.Node.IsMalformed)
            return;
        scope.FlagNode.Compiled.Link(variants, offVariant, requires, rules, @default);
        Overlay(scope.FlagNode.Compiled, scope.State.Overlay);
    }

    private static void Overlay(CompiledFlag flag, LocalOverlay overlay)
    {
        if (!TryServe(flag, overlay.Overrides.VariantOf(flag.Key), EvaluationReason.Override))
            TryServe(flag, overlay.Kills.VariantOf(flag.Key), EvaluationReason.Killed);
    }

    private static bool TryServe(CompiledFlag flag, string? name, EvaluationReason reason)
    {
        if (name is null || flag.IndexOfVariant(name) is not (var variant and >= 0))
            return false;
        flag.Serve(variant, reason);
        return true;
    }

    private static CompiledPrerequisite[] Requires(FlagScope scope)
    {
        if (scope.Definition.Requires.Count == 0)
            return [];
        var requires = new CompiledPrerequisite[scope.Definition.Requires.Count];
        scope.Enter("requires");
        for (var i = 0; i < requires.Length; i++)
        {
            scope.Enter(i);
            var (flag, variants) = scope.Definition.Requires[i];
            var node = ConditionCompiler.DependOn(scope, flag, variants, out var set);
            requires[i] = new(flag, node, set);
            scope.Leave();
        }

        scope.Leave();
        return requires;
    }

    private static CompiledRule[] Rules(FlagScope scope)
    {
        var definitions = scope.Definition.Rules;
        var most = Math.Min(scope.State.Limits.MaxRulesPerFlag, MostRules);
        if (definitions.Count > most)
        {
            scope.Report(Diagnostics.FlagLimitExceeded(scope.Path, scope.Subject, $"{definitions.Count} rules", most, nameof(SnapshotLimits.MaxRulesPerFlag)));
            return [];
        }

        if (definitions.Count == 0)
            return [];
        var rules = new CompiledRule[definitions.Count];
        scope.Enter("rules");
        for (var i = 0; i < rules.Length; i++)
        {
            scope.Enter(i);
            rules[i] = Rule(scope, definitions[i], i);
            scope.Leave();
        }

        scope.Leave();
        return rules;
    }

    private static CompiledRule Rule(FlagScope scope, RuleDefinition definition, int index)
    {
        scope.Enter("when");
        var when = definition.When is null ? null : ConditionCompiler.Compile(scope, definition.When);
        scope.Leave();
        scope.Enter("serve");
        var serve = OutcomeCompiler.Compile(scope, definition.Serve);
        scope.Leave();
        return new(definition.Id ?? scope.State.PlaceName(index), when, serve);
    }

    private static short OffVariant(FlagScope scope)
    {
        if (scope.Definition.OffVariant is not { } name)
            return Decision.None;
        scope.Enter("offVariant");
        var variant = scope.Variant(name);
        scope.Leave();
        return variant;
    }
}
