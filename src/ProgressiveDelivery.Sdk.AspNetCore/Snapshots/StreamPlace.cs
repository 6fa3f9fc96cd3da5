using System.Globalization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>
/// The id of an event: the run and the place in it, which this process knows exactly; and the version of the rules, by which another process, or this one after a restart, can go on too.
/// </summary>
internal readonly record struct StreamPlace(string Run, long Sequence, long Version)
{
    public static StreamPlace? Parse(string? id) =>
        id?.Split('.') is [{ Length: > 0 } run, var sequence, var version] && Number(sequence) is { } place && Number(version) is { } rules ? new(run, place, rules) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run}.{Sequence}.{Version}");

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
