using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Joins the flags in force with their guards, ramps, experiments, acts and counts, for one request.</summary>
internal sealed class FlagIndex
{
    private readonly ScreenContext _page;
    private readonly ILookup<string, GuardStatus> _guards;
    private readonly ILookup<string, RampStatus> _ramps;
    private readonly ILookup<string, ExperimentHealth> _experiments;
    private readonly ILookup<string, GuardTrip> _trips;
    private readonly ILookup<string, FlagOverride> _overrides;
    private readonly ServedMinute _served;

    public FlagIndex(ScreenContext page)
    {
        _page = page;
        var status = page.Status;
        _guards = status.Guards.ToLookup(static guard => guard.Flag, StringComparer.Ordinal);
        _ramps = status.Ramps.ToLookup(static ramp => ramp.Flag, StringComparer.Ordinal);
        _experiments = status.Experiments.ToLookup(static experiment => experiment.Flag, StringComparer.Ordinal);
        _trips = (status.Control?.Trips ?? []).ToLookup(static trip => trip.Flag, StringComparer.Ordinal);
        _overrides = (status.Control?.Overrides ?? []).ToLookup(static one => one.Flag, StringComparer.Ordinal);
        _served = page.Site.Served.LastMinute;
    }

    /// <summary>Returns all flags, in the order of the document.</summary>
    public IEnumerable<FlagView> All() => _page.Snapshot.Flags.Select(Of);

    /// <summary>Returns a flag; null if the snapshot in force has none with that key.</summary>
    public FlagView? Find(string key) => _page.Snapshot.Flags.FirstOrDefault(flag => flag.Key == key) is { } info ? Of(info) : null;

    /// <summary>Returns a flag with what is known of it.</summary>
    public FlagView Of(FlagInfo info) => new()
    {
        Info = info,
        Now = _page.Now,
        Served = _served.Of(info.Key),
        Guards = [.. _guards[info.Key].OrderByDescending(static guard => guard.Result == GuardResult.Bad).ThenBy(static guard => guard.Result).ThenBy(static guard => guard.Guard, StringComparer.Ordinal)],
        Ramps = [.. _ramps[info.Key]],
        Experiments = [.. _experiments[info.Key]],
        Trips = [.. _trips[info.Key].OrderByDescending(static trip => trip is { Response: GuardResponse.Revert, ProbePercent: null })],
        Override = _overrides[info.Key].FirstOrDefault(),
    };
}
