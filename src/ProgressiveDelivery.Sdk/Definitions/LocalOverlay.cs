using System.Collections.Immutable;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The outcomes that flags serve in place of their rules, and the positions of their ramps. Outcomes are ranked entries, one per flag and reason: a flag
/// serves the first of its entries that names only its own variants. Immutable; the instance stays the same until a change.
/// </summary>
internal sealed class LocalOverlay
{
    // A backend may send thousands of kills, one by one: each must not cost a comparison with all others.
    private const int MaxSteps = 32;

    private static long _overlays;

    private readonly ImmutableSortedDictionary<string, ImmutableArray<OverlayEntry>> _entries;
    private readonly ImmutableSortedDictionary<string, ImmutableArray<RampPosition>> _ramps;
    private readonly long _id = Interlocked.Increment(ref _overlays);

    // The last changes that led here: the overlay before each, and its flag. The latest is the last.
    private readonly ImmutableArray<(long From, string Flag)> _steps;

    private LocalOverlay(
        ImmutableSortedDictionary<string, ImmutableArray<OverlayEntry>> entries,
        ImmutableSortedDictionary<string, ImmutableArray<RampPosition>> ramps,
        ImmutableArray<(long From, string Flag)> steps) =>
        (_entries, _ramps, _steps) = (entries, ramps, steps);

    /// <summary>The overlay without entries and positions.</summary>
    public static LocalOverlay None { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableArray<OverlayEntry>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableArray<RampPosition>>(StringComparer.Ordinal),
        []);

    /// <summary>Returns the entries of a flag, the highest rank first.</summary>
    public ImmutableArray<OverlayEntry> Of(string flag) => _entries.GetValueOrDefault(flag, []);

    /// <summary>Returns the positions of a flag's ramps, one per rule, the one of its default first.</summary>
    public ImmutableArray<RampPosition> RampsOf(string flag) => _ramps.GetValueOrDefault(flag, []);

    /// <summary>Adds an entry, in place of the flag's entry with the same reason.</summary>
    public LocalOverlay With(OverlayEntry entry)
    {
        var others = Of(entry.Flag).RemoveAll(known => known.Reason == entry.Reason);
        return new(_entries.SetItem(entry.Flag, [.. others.Append(entry).OrderBy(ranked => ranked.Reason)]), _ramps, StepsAfter(entry.Flag));
    }

    /// <summary>Adds the position of a ramp, in place of an earlier one.</summary>
    public LocalOverlay With(RampPosition position)
    {
        var others = RampsOf(position.Flag).RemoveAll(known => known.Rule == position.Rule);
        return new(_entries, _ramps.SetItem(position.Flag, [.. others.Append(position).OrderBy(known => known.Rule, StringComparer.Ordinal)]), StepsAfter(position.Flag));
    }

    /// <summary>Removes the entry of a flag with a reason.</summary>
    public LocalOverlay Without(string flag, EvaluationReason reason)
    {
        var (known, others) = (Of(flag), Of(flag).RemoveAll(entry => entry.Reason == reason));
        return others.Length == known.Length ? this : new(Set(_entries, flag, others), _ramps, StepsAfter(flag));
    }

    /// <summary>Removes the position of a ramp.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="rule">The rule's name; null for the flag's default.</param>
    public LocalOverlay WithoutRamp(string flag, string? rule)
    {
        var (known, others) = (RampsOf(flag), RampsOf(flag).RemoveAll(position => position.Rule == rule));
        return others.Length == known.Length ? this : new(_entries, Set(_ramps, flag, others), StepsAfter(flag));
    }

    /// <summary>Returns the flags whose entries or positions differ between two overlays.</summary>
    public static IEnumerable<string> Difference(LocalOverlay one, LocalOverlay other) => ReferenceEquals(one, other)
        ? []
        : (other.StepsFrom(one) ?? one.StepsFrom(other) ?? AllFlags(one, other)).Where(flag => !IsSame(one, other, flag));

    /// <summary>Returns whether another overlay serves the same outcomes, and has the same positions.</summary>
    public bool IsSameAs(LocalOverlay other) => !Difference(this, other).Any();

    private static IEnumerable<string> AllFlags(LocalOverlay one, LocalOverlay other)
    {
        var flags = one._entries.Keys.Union(other._entries.Keys, StringComparer.Ordinal);
        return ReferenceEquals(one._ramps, other._ramps) ? flags : flags.Union(one._ramps.Keys, StringComparer.Ordinal).Union(other._ramps.Keys, StringComparer.Ordinal);
    }

    private static bool IsSame(LocalOverlay one, LocalOverlay other, string flag) => one.Of(flag).SequenceEqual(other.Of(flag)) && one.RampsOf(flag).SequenceEqual(other.RampsOf(flag));

    private ImmutableArray<(long From, string Flag)> StepsAfter(string flag) => [.. _steps.Length < MaxSteps ? _steps : _steps.Slice(1, MaxSteps - 1), (_id, flag)];

    // The flags that were changed since an overlay; null if it is none of the last ones that led here.
    private IEnumerable<string>? StepsFrom(LocalOverlay before)
    {
        for (var i = _steps.Length - 1; i >= 0; i--)
        {
            if (_steps[i].From == before._id)
                return _steps.Skip(i).Select(step => step.Flag).Distinct(StringComparer.Ordinal);
        }

        return null;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<T>> Set<T>(ImmutableSortedDictionary<string, ImmutableArray<T>> all, string flag, ImmutableArray<T> items) =>
        items.IsEmpty ? all.Remove(flag) : all.SetItem(flag, items);
}
