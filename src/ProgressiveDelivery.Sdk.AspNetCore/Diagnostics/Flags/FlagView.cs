using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>A flag with all that is known of it at one moment. Immutable.</summary>
internal sealed class FlagView
{
    private readonly Lazy<VariantSlots> _slots;

    public FlagView() => _slots = new(() => VariantSlots.Of(this));

    public required FlagInfo Info { get; init; }

    /// <summary>The moment at which it was read.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The answers that it served in the last minute.</summary>
    public required FlagServed Served { get; init; }

    /// <summary>Its guards, the worst first.</summary>
    public IReadOnlyList<GuardStatus> Guards { get; init; } = [];

    public IReadOnlyList<RampStatus> Ramps { get; init; } = [];

    public IReadOnlyList<ExperimentHealth> Experiments { get; init; } = [];

    /// <summary>The trips that hold; one that only warns is none of them.</summary>
    public IReadOnlyList<GuardTrip> Trips { get; init; } = [];

    public FlagOverride? Override { get; init; }

    public string Key => Info.Key;

    /// <summary>The states, the worst first.</summary>
    public IReadOnlyList<FlagBadge> Badges => FlagBadges.Of(this);

    /// <summary>The owner that the metadata name; null for none.</summary>
    public string? Owner => Text(Info, "owner");

    /// <summary>The time from which the flag is expired, by its metadata; null for none.</summary>
    public DateTimeOffset? Expires => ExpiryOf(Info);

    public bool IsExpired => Expires <= Now;

    public bool IsKilled => Info.Overlay == EvaluationReason.Killed;

    /// <summary>The trip that has another variant served; null for none.</summary>
    public GuardTrip? Reverted => Trips.FirstOrDefault(static trip => trip is { Response: GuardResponse.Revert, ProbePercent: null });

    /// <summary>The trip whose variant a small share tries again; null for none.</summary>
    public GuardTrip? Probing => Trips.FirstOrDefault(static trip => trip.ProbePercent is not null);

    /// <summary>The marks of the variants.</summary>
    public VariantSlots Slots => _slots.Value;

    /// <summary>Returns the time from which a flag is expired, by its metadata; null for none.</summary>
    public static DateTimeOffset? ExpiryOf(FlagInfo flag) =>
        DateTimeOffset.TryParse(Text(flag, "expires"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string? Text(FlagInfo flag, string name) => flag.Metadata.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
