namespace Observability;

/// <summary>Prints what changed since the last look.</summary>
internal sealed class OperatorReport(OperatorView view)
{
    private readonly Dictionary<string, double> _last = new(StringComparer.Ordinal);

    public void Write(string heading)
    {
        Console.WriteLine($"\n{heading}\n");
        Console.WriteLine($"   {"flag",-14} {"variant",-9} {"reason",-10} {"evaluations",11}");
        foreach (var series in view.Of("evaluations").OrderBy(KeyOf, StringComparer.Ordinal))
        {
            if (Since(series) is > 0 and var count)
                Console.WriteLine($"   {series.Tags["flag"],-14} {series.Tags.GetValueOrDefault("variant", "-"),-9} {series.Tags["reason"],-10} {count,11:N0}");
        }

        var refreshes = string.Join(", ", view.Of("refreshes").Select(series => (Result: series.Tags["result"], Count: Since(series))).Where(one => one.Count > 0).Select(one => $"{one.Count:0} {one.Result}"));
        Console.WriteLine($"\n   rules      version {view.Sum("snapshot.version"):0}, {view.Sum("snapshot.age"):0.0} s old, {(view.Sum("stale") > 0 ? "STALE" : "current")}, {view.Sum("quarantined"):0} flags quarantined");
        Console.WriteLine($"   refreshes  {(refreshes.Length > 0 ? refreshes : "none since the last look")}{(view.Of("propagation").Count > 0 ? $"; a change takes {view.Sum("propagation"):0.0} s" : "")}");
        Console.WriteLine($"   events     {view.Sum("events.sent"):N0} exposures and outcomes sent, {view.Sum("events.queued"):N0} waiting, {view.Sum("events.lost"):N0} lost");
    }

    private double Since(Series series)
    {
        var key = KeyOf(series);
        var since = series.Value - _last.GetValueOrDefault(key);
        _last[key] = series.Value;
        return since;
    }

    private static string KeyOf(Series series) => string.Join('|', series.Tags.Values.Prepend(series.Instrument));
}
