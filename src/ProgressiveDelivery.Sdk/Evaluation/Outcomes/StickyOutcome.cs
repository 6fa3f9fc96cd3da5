using System.Globalization;
using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves what is stored for a unit, under one of its names; otherwise what the outcome within serves, which is stored then.</summary>
/// <param name="key">The experiment's key, for explanations.</param>
/// <param name="version">What is stored at this version counts.</param>
/// <param name="current">The key of assignments at that version.</param>
/// <param name="blocked">The keys of assignments that keep a unit out: those at version 0, 1 and so on.</param>
/// <param name="units">A unit's names, each with what is written before it. New assignments are stored for the first that the context has.</param>
/// <param name="variants">What is stored of each variant, whether it counts when it is found, and the variant.</param>
/// <param name="fresh">Who has nothing stored.</param>
internal sealed class StickyOutcome(
    string key, int version, string current, string[] blocked, (string Prefix, UnitBucketing Bucketing)[] units, (string Name, bool IsHonoured, short Variant)[] variants, Outcome fresh)
    : Outcome
{
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
                return ServeStored(in input, stored, own);
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

    private Served ServeStored(in EvaluationInput input, StoredAssignment stored, int own)
    {
        foreach (var (name, isHonoured, variant) in variants)
        {
            if (!isHonoured || !string.Equals(name, stored.Variant, StringComparison.Ordinal))
                continue;
            if (input.Trace is { } trace && units[own].Bucketing.TryPlace(in input, out var position, out _))
                trace.Add(ExplanationKind.Assignment, Describe(stored, version), true, "stored at this version: served as it is", position: position);
            return new(variant, variant < 0 ? EvaluationReason.RuleMatch : EvaluationReason.Split);
        }

        input.Trace?.Add(ExplanationKind.Assignment, Describe(stored, version), false, "stored, but for a variant that is no longer there: assigned afresh");
        return ServeFresh(in input, own);
    }

    [SkipLocalsInit]
    private Served ServeFresh(in EvaluationInput input, int own)
    {
        var served = fresh.Serve(in input);
        if (!served.HasVariant || NameOf(served.Variant) is not { } name)
            return served;
        Unsafe.SkipInit(out UnitScratch room);
        input.Services.Assignments.Store(current, UnitOf(in input, own, room), new(version, name));
        return served;
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

    // A unit that is too long for the room costs its text.
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
