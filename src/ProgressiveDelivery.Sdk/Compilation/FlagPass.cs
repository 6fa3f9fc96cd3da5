using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>
/// Compiles the flags: variants, prerequisites, rules and their outcomes. A malformed flag is compiled too: other flags need its dependencies and the
/// slots that it claims.
/// </summary>
internal static class FlagPass
{
    // Rule indexes have 16 bits, so that a decision fits a register.
    private const int MaxRules = short.MaxValue;

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
        GuardCompiler.Run(scope);
        CheckAttempt(scope);
        var rules = Rules(scope);
        scope.Enter("default");
        var @default = definition.Default is null ? null : Serve(scope, definition.Default, rule: null);
        scope.Leave();
        if (scope.Node.IsMalformed)
            return;
        var compiled = scope.FlagNode.Compiled;
        compiled.Link(variants, offVariant, requires, rules, @default);
        (compiled.Guards, compiled.Ramps) = (scope.Guards, scope.Ramps);
        OverlayPass.Serve(scope);
    }

    private static void CheckAttempt(FlagScope scope)
    {
        if (scope.Definition.Attempt >= 1)
            return;
        scope.Enter("attempt");
        scope.Report(DiagnosticCatalog.InvalidAttempt(scope.Path, scope.Definition.Key, scope.Definition.Attempt));
        scope.Leave();
    }

    // Compiles what a rule or the default serves, under the position of its ramp.
    private static Outcome Serve(FlagScope scope, OutcomeDefinition definition, string? rule)
    {
        scope.Position = OverlayPass.PositionOf(scope, rule);
        var outcome = OutcomeCompiler.Compile(scope, definition);
        if (definition is RolloutOutcome rollout && outcome is CompiledRolloutOutcome { Share: var share } && IsRamp(scope, rollout, share))
            scope.Add(new CompiledRamp(rule, rollout, share));
        scope.Position = null;
        return outcome;
    }

    private static bool IsRamp(FlagScope scope, RolloutOutcome rollout, RolloutShare share) =>
        rollout.Steps is not null || share.IsPaused || scope.Guards.Any(guard => guard.Then == GuardResponse.Pause);

    private static CompiledPrerequisite[] Requires(FlagScope scope)
    {
        if (scope.Definition.Requires.Count == 0)
            return [];
        var requires = new CompiledPrerequisite[scope.Definition.Requires.Count];
        scope.Enter("requires");
        for (var i = 0; i < requires.Length; i++)
        {
            scope.Enter(i);
            var prerequisite = scope.Definition.Requires[i];
            var node = ConditionCompiler.DependOn(scope, prerequisite.Flag, prerequisite.Variants, out var set);
            requires[i] = new(prerequisite.Flag, node, set);
            scope.Leave();
        }

        scope.Leave();
        return requires;
    }

    private static CompiledRule[] Rules(FlagScope scope)
    {
        var definitions = scope.Definition.Rules;
        var most = Math.Min(scope.State.Limits.MaxRulesPerFlag, MaxRules);
        if (definitions.Count > most)
        {
            scope.Report(DiagnosticCatalog.FlagLimitExceeded(scope.Path, scope.Subject, $"{definitions.Count} rules", most, nameof(SnapshotLimits.MaxRulesPerFlag)));
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
        var name = definition.Id ?? scope.State.PlaceName(index);
        scope.Enter("serve");
        var serve = Serve(scope, definition.Serve, name);
        scope.Leave();
        return new(name, when, serve);
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
