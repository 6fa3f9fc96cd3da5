using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles what a step serves. Faults are reported; what is returned then never runs, since its flag is quarantined.</summary>
internal static class OutcomeCompiler
{
    // Definitions built in code may be nested deeper than any document.
    private const int DeepestNesting = 32;

    private const int MostBlockedVersions = 1_000;

    private static readonly Outcome Nothing = VariantOutcome.Of(Decision.None);

    public static Outcome Compile(FlagScope scope, ServeDefinition definition) => Compile(scope, definition, 0);

    private static Outcome Compile(FlagScope scope, ServeDefinition definition, int depth) => definition switch
    {
        VariantServe serve => VariantOutcome.Of(scope.Variant(serve.Variant)),
        SplitServe serve => Split(scope, serve, UnitReference.TargetingKey, scope.Definition.Key),
        RolloutServe serve => Rollout(scope, serve),
        ExperimentServe serve => Experiment(scope, serve),
        BucketServe serve => Bucket(scope, serve),
        StepsServe serve => Steps(scope, serve, depth),
        StickyServe serve => Sticky(scope, serve, depth),
        ExpressionServe serve => new ExpressionOutcome(ExpressionCompiler.Compile(scope, serve.Expression, serve.Scope), scope.VariantNames),
        AbortServe serve => new AbortOutcome(serve.Message),
        _ => Nothing,
    };

    private static Outcome Split(FlagScope scope, SplitServe serve, UnitReference by, string salt)
    {
        scope.Enter("split");
        var weights = Weights(scope, serve.Weights);
        scope.Leave();
        var unit = scope.Unit(serve.By, by);
        return weights is null ? Nothing : new SplitOutcome(weights, unit, serve.Salt ?? salt, scope.VariantNames);
    }

    private static BucketOutcome Bucket(FlagScope scope, BucketServe serve)
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
        if (depth < DeepestNesting)
            return false;
        scope.Report(Diagnostics.FlagLimitExceeded(scope.Path, scope.Subject, "steps nested more deeply", DeepestNesting, "nothing: it is fixed"));
        return true;
    }

    private static Outcome Sticky(FlagScope scope, StickyServe serve, int depth)
    {
        if (IsTooDeep(scope, depth))
            return Nothing;

        scope.Enter("sticky");
        if (serve.Version < 0 || serve.MinimumVersion is < 0 or > MostBlockedVersions)
            scope.Report(Diagnostics.InvalidOperand(scope.Path, scope.Subject, "version", $"0 or more, and a minimum of at most {MostBlockedVersions}", $"{serve.Version}, and a minimum of {serve.MinimumVersion}"));
        var units = serve.By.Select(unit => ($"{unit.Name}||", BucketingCompiler.Compile(scope, serve.Bucketing with { By = unit.References }))).ToArray();
        var variants = new (string, bool, short)[serve.Variants.Count];
        for (var i = 0; i < variants.Length; i++)
        {
            var (name, variant, isHonoured) = serve.Variants[i];
            variants[i] = (name, isHonoured, variant is null ? Decision.None : scope.Variant(variant));
        }

        var fresh = Compile(scope, serve.Serve, depth + 1);
        scope.Leave();
        string[] blocked = [.. Enumerable.Range(0, Math.Clamp(serve.MinimumVersion, 0, MostBlockedVersions)).Select(version => KeyAt(serve, version))];
        return new StickyOutcome(serve.Key, serve.Version, KeyAt(serve, serve.Version), blocked, units, variants, fresh);
    }

    private static string KeyAt(StickyServe serve, int version) => string.Create(CultureInfo.InvariantCulture, $"{serve.Key}__{version}");

    private static Outcome Steps(FlagScope scope, StepsServe serve, int depth)
    {
        if (IsTooDeep(scope, depth))
            return Nothing;

        scope.Enter("steps");
        var steps = new (string?, Condition?, Outcome)[serve.Steps.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var (when, then) = serve.Steps[i];
            scope.Enter(i);
            steps[i] = (serve.Steps[i].Id, when is null ? null : ConditionCompiler.Compile(scope, when), Compile(scope, then, depth + 1));
            scope.Leave();
        }

        scope.Leave();
        return new StepsOutcome(steps);
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
            scope.Report(Diagnostics.InvalidWeights(scope.Path, scope.Definition.Key, "has a weight below 0"));
        else if (!positive)
            scope.Report(Diagnostics.InvalidWeights(scope.Path, scope.Definition.Key, "has no weight above 0"));
        return negative || !positive ? null : new(weights);
    }

    private static RolloutOutcome Rollout(FlagScope scope, RolloutServe serve)
    {
        scope.Enter("rollout");
        var by = scope.Unit(serve.By);
        var salt = serve.Salt ?? scope.Definition.Key;
        var share = Share(scope, serve);
        scope.Enter("to");
        var to = serve.To switch
        {
            VariantServe variant => VariantOutcome.Of(scope.Variant(variant.Variant)),
            SplitServe split => Split(scope, split, by, salt),
            _ => Nothing,
        };
        if (serve.To is not (VariantServe or SplitServe))
            scope.Report(Diagnostics.InvalidServe(scope.Path, scope.Definition.Key, "in a rollout's 'to' is neither a variant nor a split"));
        scope.Leave();
        scope.Leave();
        return new RolloutOutcome(share, new(salt), by, to, scope.Else(serve.Else));
    }

    private static RolloutShare Share(FlagScope scope, RolloutServe serve)
    {
        if (serve.Percent.HasValue == serve.Steps is not null)
        {
            scope.Report(Diagnostics.InvalidSteps(scope.Path, scope.Definition.Key, serve.Percent.HasValue ? "has both 'percent' and 'steps'" : "has neither 'percent' nor 'steps'"));
            return new(0);
        }

        if (serve.Percent is { } percent)
            return IsPercentage(scope, "percent", percent) ? new(percent) : new(0);
        return Steps(scope, serve.Steps!, serve.Curve);
    }

    private static RolloutShare Steps(FlagScope scope, IReadOnlyList<RolloutStep> steps, RolloutCurve curve)
    {
        scope.Node.ReadsTime = true;
        scope.Enter("steps");
        var sound = true;
        for (var i = 0; i < steps.Count; i++)
        {
            scope.Enter(i);
            sound &= IsPercentage(scope, "percent", steps[i].Percent);
            if (i > 0 && steps[i].At <= steps[i - 1].At)
                scope.Report(Diagnostics.InvalidSteps(scope.Path, scope.Definition.Key, "has a step that is not after the one before it"));
            scope.Leave();
        }

        scope.Leave();
        return sound ? new(steps.Select(step => (step.At, step.Percent)), curve == RolloutCurve.Linear) : new(0);
    }

    private static bool IsPercentage(CompilationScope scope, string member, decimal percent)
    {
        if (percent is >= 0 and <= 100 && decimal.Truncate(percent * 10_000m) == percent * 10_000m)
            return true;
        scope.Enter(member);
        scope.Report(Diagnostics.InvalidPercentage(scope.Path, scope.Subject, percent.ToString(CultureInfo.InvariantCulture)));
        scope.Leave();
        return false;
    }

    private static Outcome Experiment(FlagScope scope, ExperimentServe serve)
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
        var split = new SplitOutcome(weights, by, serve.Salt ?? serve.Key, scope.VariantNames);
        var sticky = serve.Sticky is { } rule ? new StickyRule(rule.Version, rule.MinimumVersion) : null;
        return new ExperimentOutcome(serve.Key, by, split, holdout, layer, sticky, otherwise, scope.VariantNames);
    }

    private static Placement? Layer(FlagScope scope, ExperimentServe serve)
    {
        var slots = serve.Slots ?? new(0, Salt.Positions);
        if (slots.From < 0 || slots.From >= slots.To || slots.To > Salt.Positions)
            InMember(scope, "slots", path => Diagnostics.InvalidSlots(path, scope.Definition.Key, serve.Key, $"[{slots.From}, {slots.To}]"));
        if (serve.Layer is not { } name)
            return null;
        if (!scope.State.Layers.TryGetValue(name, out var layer))
        {
            InMember(scope, "layer", path => Diagnostics.UndefinedLayer(path, scope.Definition.Key, name, scope.State.Layers.Keys));
            return null;
        }

        if (layer.Defect is not null)
            InMember(scope, "layer", path => Diagnostics.UsesMalformed(path, scope.Subject, DiagnosticSubject.Layer(name)));
        scope.State.Slots.Add(new(scope.FlagNode, serve.Key, name, slots.From, slots.To, scope.Path));
        return new(ExplanationKind.Layer, name, new(layer.Salt ?? name), scope.Unit(layer.By), slots.From, slots.To);
    }

    private static Placement? Holdout(FlagScope scope, ExperimentServe serve)
    {
        if (serve.Holdout is not { } name)
            return null;
        if (!scope.State.Holdouts.TryGetValue(name, out var holdout))
        {
            InMember(scope, "holdout", path => Diagnostics.UndefinedHoldout(path, scope.Definition.Key, name, scope.State.Holdouts.Keys));
            return null;
        }

        if (holdout.Defect is not null)
            InMember(scope, "holdout", path => Diagnostics.UsesMalformed(path, scope.Subject, DiagnosticSubject.Holdout(name)));
        if (!IsPercentage(scope, "holdout", holdout.Percent))
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
