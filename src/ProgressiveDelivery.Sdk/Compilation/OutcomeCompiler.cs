using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles the outcome of a step. Faults are reported; an outcome with a fault never runs, since its flag is quarantined.</summary>
internal static class OutcomeCompiler
{
    // Definitions built in code may be nested deeper than any document.
    /// <summary>The number of outcomes inside one another; what is nested deeper is not compiled.</summary>
    public const int MaxNesting = 32;

    private const int MaxBlockedVersions = 1_000;

    /// <summary>The outcome in place of a faulty one.</summary>
    public static readonly Outcome Nothing = CompiledVariantOutcome.Of(Decision.None);

    public static Outcome Compile(FlagScope scope, OutcomeDefinition definition) => Compile(scope, definition, 0);

    private static Outcome Compile(FlagScope scope, OutcomeDefinition definition, int depth) => definition switch
    {
        VariantOutcome serve => CompiledVariantOutcome.Of(scope.Variant(serve.Variant)),
        SplitOutcome serve => Split(scope, serve, UnitReference.TargetingKey, scope.Definition.Key),
        RolloutOutcome serve => RolloutCompiler.Compile(scope, serve),
        ExperimentOutcome serve => Experiment(scope, serve),
        BucketOutcome serve => Bucket(scope, serve),
        StepsOutcome serve => Steps(scope, serve, depth),
        StickyOutcome serve => Sticky(scope, serve, depth),
        ExpressionOutcome serve => new CompiledExpressionOutcome(ExpressionCompiler.Compile(scope, serve.Expression, serve.Scope), scope.VariantNames),
        AbortOutcome serve => new CompiledAbortOutcome(serve.Message),
        _ => Nothing,
    };

    /// <summary>Compiles a split, whose unit and salt are those given unless it has its own.</summary>
    public static Outcome Split(FlagScope scope, SplitOutcome serve, UnitReference by, string salt)
    {
        scope.Enter("split");
        var weights = Weights(scope, serve.Weights);
        scope.Leave();
        var unit = scope.Unit(serve.By, by);
        return weights is null ? Nothing : new CompiledSplitOutcome(weights, unit, serve.Salt ?? salt, scope.VariantNames);
    }

    private static CompiledBucketOutcome Bucket(FlagScope scope, BucketOutcome serve)
    {
        scope.Enter("bucket");
        var bucketing = BucketingCompiler.Compile(scope, serve.Bucketing);
        var shares = new (double, double, short)[serve.Shares.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            var (from, to, variant) = serve.Shares[i];
            scope.Enter(i);
            shares[i] = (from, to, variant is null ? Decision.None : scope.Variant(variant));
            scope.Leave();
        }

        scope.Leave();
        return new(bucketing, shares, scope.Else(serve.Else), scope.VariantNames);
    }

    private static bool IsTooDeep(FlagScope scope, int depth)
    {
        if (depth < MaxNesting)
            return false;
        scope.Report(DiagnosticCatalog.FlagLimitExceeded(scope.Path, scope.Subject, "steps nested more deeply", MaxNesting, "nothing: it is fixed"));
        return true;
    }

    private static Outcome Sticky(FlagScope scope, StickyOutcome serve, int depth)
    {
        if (IsTooDeep(scope, depth))
            return Nothing;

        scope.Enter("sticky");
        var (version, minimum) = (serve.Sticky.Version, serve.Sticky.MinimumVersion);
        if (version < 0 || minimum is < 0 or > MaxBlockedVersions)
            scope.Report(DiagnosticCatalog.InvalidOperand(scope.Path, scope.Subject, "version", $"0 or more, and a minimum of at most {MaxBlockedVersions}", $"{version}, and a minimum of {minimum}"));
        var units = serve.By.Select(unit => ($"{unit.Name}||", BucketingCompiler.Compile(scope, serve.Bucketing with { By = unit.References }))).ToArray();
        var variants = new (string, bool, short)[serve.Variants.Count];
        for (var i = 0; i < variants.Length; i++)
        {
            var stored = serve.Variants[i];
            variants[i] = (stored.Name, stored.IsHonored, stored.Variant is null ? Decision.None : scope.Variant(stored.Variant));
        }

        var fresh = Compile(scope, serve.Serve, depth + 1);
        scope.Leave();
        string[] blocked = [.. Enumerable.Range(0, Math.Clamp(minimum ?? 0, 0, MaxBlockedVersions)).Select(old => KeyAt(serve, old))];
        return new CompiledStickyOutcome(serve.Key, version, KeyAt(serve, version), blocked, units, variants, fresh, serve.IsReadOnly);
    }

    private static string KeyAt(StickyOutcome serve, int version) => string.Create(CultureInfo.InvariantCulture, $"{serve.Key}__{version}");

    private static Outcome Steps(FlagScope scope, StepsOutcome serve, int depth)
    {
        if (IsTooDeep(scope, depth))
            return Nothing;

        scope.Enter("steps");
        var steps = new (string?, Condition?, Outcome)[serve.Steps.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = serve.Steps[i];
            scope.Enter(i);
            steps[i] = (step.Id, step.When is null ? null : ConditionCompiler.Compile(scope, step.When), Compile(scope, step.Serve, depth + 1));
            scope.Leave();
        }

        scope.Leave();
        return new CompiledStepsOutcome(steps);
    }

    private static WeightTable? Weights(FlagScope scope, IReadOnlyList<WeightedVariant> definitions)
    {
        var weights = new (short, decimal)[definitions.Count];
        var positive = false;
        var negative = false;
        for (var i = 0; i < weights.Length; i++)
        {
            var (name, weight) = definitions[i];
            scope.EnterKey(name);
            weights[i] = (scope.Variant(name), weight);
            scope.Leave();
            positive |= weight > 0;
            negative |= weight < 0;
        }

        if (negative)
            scope.Report(DiagnosticCatalog.InvalidWeights(scope.Path, scope.Definition.Key, "has a weight below 0"));
        else if (!positive)
            scope.Report(DiagnosticCatalog.InvalidWeights(scope.Path, scope.Definition.Key, "has no weight above 0"));
        return negative || !positive ? null : new(weights);
    }

    private static Outcome Experiment(FlagScope scope, ExperimentOutcome serve)
    {
        scope.Enter("experiment");
        var by = scope.Unit(serve.By);
        scope.Enter("split");
        var weights = Weights(scope, serve.Split);
        scope.Leave();
        var layer = Layer(scope, serve);
        var holdout = Holdout(scope, serve);
        var otherwise = scope.Else(serve.Else);
        scope.Leave();
        if (weights is null)
            return Nothing;
        var salt = serve.Salt ?? serve.Key;
        var split = new CompiledSplitOutcome(weights, by, salt, scope.VariantNames);
        var design = new ExperimentDesign(weights, salt, by, serve.Sticky?.Version, scope.VariantNames);
        return new CompiledExperimentOutcome(serve.Key, by, split, design, holdout, layer, serve.Sticky, otherwise, scope.VariantNames);
    }

    private static Placement? Layer(FlagScope scope, ExperimentOutcome serve)
    {
        var slots = serve.Slots ?? new(0, Salt.Positions);
        if (slots.From < 0 || slots.From >= slots.To || slots.To > Salt.Positions)
            InMember(scope, "slots", path => DiagnosticCatalog.InvalidSlots(path, scope.Definition.Key, serve.Key, $"[{slots.From}, {slots.To}]"));
        if (serve.Layer is not { } name)
            return null;
        if (!scope.State.Layers.TryGetValue(name, out var layer))
        {
            InMember(scope, "layer", path => DiagnosticCatalog.UndefinedLayer(path, scope.Definition.Key, name, scope.State.Layers.Keys));
            return null;
        }

        if (layer.Defect is not null)
            InMember(scope, "layer", path => DiagnosticCatalog.UsesMalformed(path, scope.Subject, DiagnosticSubject.Layer(name)));
        scope.State.Slots.Add(new(scope.FlagNode, serve.Key, name, slots.From, slots.To, scope.Path));
        return new(ExplanationKind.Layer, name, new(layer.Salt ?? name), scope.Unit(layer.By), slots.From, slots.To);
    }

    private static Placement? Holdout(FlagScope scope, ExperimentOutcome serve)
    {
        if (serve.Holdout is not { } name)
            return null;
        if (!scope.State.Holdouts.TryGetValue(name, out var holdout))
        {
            InMember(scope, "holdout", path => DiagnosticCatalog.UndefinedHoldout(path, scope.Definition.Key, name, scope.State.Holdouts.Keys));
            return null;
        }

        if (holdout.Defect is not null)
            InMember(scope, "holdout", path => DiagnosticCatalog.UsesMalformed(path, scope.Subject, DiagnosticSubject.Holdout(name)));
        if (!RolloutCompiler.IsPercentage(scope, "holdout", holdout.Percent))
            return null;
        return new(ExplanationKind.Holdout, name, new(holdout.Salt ?? name), scope.Unit(holdout.By), 0, RolloutShare.ToThreshold(holdout.Percent));
    }

    private static void InMember(FlagScope scope, string member, Func<string, SnapshotDiagnostic> diagnose)
    {
        scope.Enter(member);
        scope.Report(diagnose(scope.Path));
        scope.Leave();
    }
}
