using System.Globalization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Live;

/// <summary>The state that the page shows at one moment, in parts, so that a stream can name the parts that changed. Holds text that never leaves the process.</summary>
/// <param name="Status">The status of the client.</param>
/// <param name="Revision">The revision of the control state.</param>
/// <param name="Parts">A text for each part; it differs when the part differs.</param>
internal sealed record LiveState(FeatureClientStatus Status, long Revision, IReadOnlyList<(string Name, string Text)> Parts)
{
    public static LiveState Of(DiagnosticsSite site)
    {
        var (status, control, diagnostics) = (site.Client.Status, site.Control.State, site.Diagnostics);
        return new(status, control.Revision,
        [
            ("state", Join([status.State, status.Since, status.Cause?.Kind, status.Cause?.Message, status.DiskStalledSince])),
            ("snapshot", Join([status.SnapshotVersion, status.Origin, diagnostics.Rejection?.At])),
            ("control", Join([control.Revision, control.Version, control.Waiting, control.Hold, .. control.Overrides, .. control.Trips, .. control.Ramps])),
            ("sources", Join([.. diagnostics.Sources.Select(static source => (source.Name, source.State, source.Version, source.Fault?.Message)).Cast<object>()])),
            ("guards", Join([.. status.Guards.Select(static guard => (guard.Flag, guard.Guard, guard.Result, guard.Trip?.Since)).Cast<object>()])),
            ("ramps", Join([.. status.Ramps.Select(static ramp => (ramp.Flag, ramp.Rule, ramp.Percent, ramp.Next, ramp.IsPaused)).Cast<object>()])),
            ("experiments", Join([.. status.Experiments.Select(static experiment => (experiment.Flag, experiment.Experiment, experiment.Hint)).Cast<object>()])),
            ("events", Join([.. status.EventSinks.Select(static sink => (sink.Sink, sink.Lost, sink.Fault, sink.SpillFault)).Cast<object>()])),
        ]);
    }

    /// <summary>Returns the names of the parts that differ from an earlier state.</summary>
    public IEnumerable<string> ChangedSince(LiveState earlier) =>
        Parts.Zip(earlier.Parts).Where(static pair => !string.Equals(pair.First.Text, pair.Second.Text, StringComparison.Ordinal)).Select(static pair => pair.First.Name);

    private static string Join(IEnumerable<object?> values) => string.Join('\n', values.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}
