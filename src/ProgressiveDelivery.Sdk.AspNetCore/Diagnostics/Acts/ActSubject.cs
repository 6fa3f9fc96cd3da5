using System.Globalization;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>The subject of an act, as one request sees it. The state is read before the history, so what is shown is never older than the revision that is sent with the act.</summary>
internal sealed class ActSubject
{
    private readonly int _place;

    public ActSubject(ScreenContext page, ActInput input)
    {
        (Page, Input) = (page, input);
        State = page.Control.State;
        History = page.Control.History;
        _place = History.TakeWhile(snapshot => snapshot.Version != State.Version).Count();
        Version = ActInput.Number(input.Version);
        Flag = input.Flag is { } key ? page.Snapshot.Flags.FirstOrDefault(flag => flag.Key == key) : null;
    }

    public ScreenContext Page { get; }

    public ActInput Input { get; }

    public SnapshotControlState State { get; }

    public IReadOnlyList<AcceptedSnapshot> History { get; }

    /// <summary>The version in force; 0 without rules.</summary>
    public long InForce => State.Version;

    public long Newest => History.Count > 0 ? History[0].Version : InForce;

    /// <summary>The next older version of the history; null if the one in force is the oldest.</summary>
    public long? Older => _place + 1 < History.Count ? History[_place + 1].Version : null;

    /// <summary>The next newer version of the history; null if the one in force is the newest.</summary>
    public long? Newer => _place > 0 && _place < History.Count ? History[_place - 1].Version : null;

    /// <summary>The version named by the request; null if it names none.</summary>
    public long? Version { get; }

    /// <summary>The flag in force with that key; null if there is none.</summary>
    public FlagInfo? Flag { get; }

    /// <summary>The key of the flag, cut for a sentence.</summary>
    public string FlagName => SafeText.Cut(Input.Flag ?? "");

    /// <summary>The override of the flag; null if there is none.</summary>
    public FlagOverride? Override => State.Overrides.FirstOrDefault(standing => standing.Flag == Input.Flag);

    public IEnumerable<GuardTrip> Trips => State.Trips.Where(trip => trip.Flag == Input.Flag);

    public IEnumerable<RampPosition> Ramps => State.Ramps.Where(ramp => ramp.Flag == Input.Flag);

    public bool IsInHistory(long version) => History.Any(snapshot => snapshot.Version == version);

    public static string Text(long? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "";
}
