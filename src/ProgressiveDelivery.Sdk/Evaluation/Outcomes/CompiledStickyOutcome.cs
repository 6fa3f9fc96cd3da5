using System.Globalization;
using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves the stored assignment of one of the unit's names; otherwise serves the inner outcome and stores it.</summary>
/// <param name="key">The experiment's key, for explanations.</param>
/// <param name="version">The version at which stored assignments apply.</param>
/// <param name="current">The key of assignments at that version.</param>
/// <param name="blocked">The keys of assignments that keep a unit out: those at version 0, 1 and so on.</param>
/// <param name="units">The unit's names, each with its prefix. New assignments are stored under the first one that the context has.</param>
/// <param name="variants">The stored name of each variant, whether a stored one is honored, and the variant.</param>
/// <param name="fresh">The outcome of a unit without a stored assignment.</param>
/// <param name="isReadOnly">True if nothing is stored.</param>
internal sealed class CompiledStickyOutcome(
    string key, int version, string current, string[] blocked, (string Prefix, UnitBucketing Bucketing)[] units, (string Name, bool IsHonored, short Variant)[] variants, Outcome fresh,
    bool isReadOnly)
    : Outcome
{
    public override CompiledExperiment? Experiment { get; } = units is [var (_, first), ..] ? new(key, first.Unit) : null;

    public override bool IsSticky => true;

    [SkipLocalsInit]
    public override void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor)
    {
        Unsafe.SkipInit(out UnitScratch room);
        for (var i = 0; i < units.Length; i++)
        {
            var unit = UnitOf(in input, i, room);
            if (unit.IsEmpty)
                continue;
            visitor.Visit(current, unit, version);
            for (var below = 0; below < blocked.Length; below++)
                visitor.Visit(blocked[below], unit, below);
        }

        fresh.VisitAssignments(in input, visitor);
    }

    public override Served Serve(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Experiment, key);
        var served = Decide(in input);
        input.Trace?.End(served.HasVariant);
        return served;
    }

    [SkipLocalsInit]
    private Served Decide(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch room);
        var own = -1;
        for (var i = 0; i < units.Length; i++)
        {
            var unit = UnitOf(in input, i, room);
            if (unit.IsEmpty)
                continue;
            own = own < 0 ? i : own;
            if (IsBlocked(in input, unit))
                return Served.PassOn;
        }

        if (own < 0)
        {
            input.Trace?.Add(ExplanationKind.Assignment, "none", null, "the context has no such unit");
            return Served.PassOn;
        }

        for (var i = own; i < units.Length; i++)
        {
            var unit = UnitOf(in input, i, room);
            if (!unit.IsEmpty && input.Services.Assignments.TryGet(current, unit, out var stored))
                return ServeStored(in input, stored, i, own);
        }

        input.Trace?.Add(ExplanationKind.Assignment, "none", false, "nothing is stored at this version: assigned afresh");
        return ServeFresh(in input, own);
    }

    private bool IsBlocked(in EvaluationInput input, ReadOnlySpan<char> unit)
    {
        for (var i = 0; i < blocked.Length; i++)
        {
            if (!input.Services.Assignments.TryGet(blocked[i], unit, out var stored))
                continue;
            input.Trace?.Add(ExplanationKind.Assignment, Describe(stored, i), false, "stored below the minimum version: kept out");
            return true;
        }

        return false;
    }

    // An assignment found under another name is also stored under the unit's first name.
    private Served ServeStored(in EvaluationInput input, StoredAssignment stored, int found, int own)
    {
        foreach (var (name, isHonored, variant) in variants)
        {
            if (!isHonored || !string.Equals(name, stored.Variant, StringComparison.Ordinal))
                continue;
            if (input.Trace is { } trace && units[own].Bucketing.TryPlace(in input, out var position, out _))
                trace.Add(ExplanationKind.Assignment, Describe(stored, version), true, "stored at this version: served as it is", position: position);
            if (found != own)
                Store(in input, own, name);
            return new(variant, variant < 0 ? EvaluationReason.RuleMatch : EvaluationReason.Split);
        }

        input.Trace?.Add(ExplanationKind.Assignment, Describe(stored, version), false, "stored, but for a variant that is no longer there: assigned afresh");
        return ServeFresh(in input, own);
    }

    private Served ServeFresh(in EvaluationInput input, int own)
    {
        var served = fresh.Serve(in input);
        if (served.HasVariant && NameOf(served.Variant) is { } name)
            Store(in input, own, name);
        return served;
    }

    [SkipLocalsInit]
    private void Store(in EvaluationInput input, int own, string name)
    {
        if (isReadOnly)
            return;
        Unsafe.SkipInit(out UnitScratch room);
        input.Services.Assignments.Store(current, UnitOf(in input, own, room), new(version, name));
    }

    private string? NameOf(short variant)
    {
        foreach (var (name, _, served) in variants)
        {
            if (served == variant)
                return name;
        }

        return null;
    }

    // A unit that is too long for the buffer allocates its text.
    [SkipLocalsInit]
    private ReadOnlySpan<char> UnitOf(in EvaluationInput input, int index, Span<char> room)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var (prefix, bucketing) = units[index];
        if (!bucketing.TryRead(in input, scratch, out var unit) || unit.IsEmpty)
            return default;
        if (prefix.Length + unit.Length > room.Length)
            return string.Concat(prefix, unit);
        prefix.CopyTo(room);
        unit.CopyTo(room[prefix.Length..]);
        return room[..(prefix.Length + unit.Length)];
    }

    private static string Describe(StoredAssignment stored, int version) => string.Create(CultureInfo.InvariantCulture, $"{stored.Variant} at version {version}");
}
