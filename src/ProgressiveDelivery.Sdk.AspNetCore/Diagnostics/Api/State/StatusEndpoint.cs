namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;

/// <summary>Answers with the state of the client.</summary>
internal static class StatusEndpoint
{
    public static ApiAnswer Answer(ApiCall call) => ApiAnswer.Of(Read(call.View), ApiJson.Default.StatusContent);

    private static StatusContent Read(ScreenContext view)
    {
        // Read before all else, so that what is shown is never older than the revision that an act is sent with.
        var control = view.Control.State;
        var (status, site, diagnostics) = (view.Status, view.Site, view.Diagnostics);
        return new()
        {
            Now = view.Now,
            Client = site.ClientLabel,
            Application = site.Application,
            Environment = site.Environment,
            Instance = site.Instance,
            StartedAt = site.Started,
            State = status.State,
            Since = status.Since,
            Cause = FaultContent.Of(status.Cause),
            Version = status.SnapshotVersion,
            Origin = status.Origin,
            Source = status.Source,
            Age = status.Age,
            LastConfirmed = status.LastConfirmed,
            MaxStaleness = status.MaxStaleness,
            DiskStalledSince = status.DiskStalledSince,
            Revision = control.Revision,
            MayAct = view.MayAct,
            Hold = HoldContent.Of(control.Hold),
            Waiting = control.Waiting,
            Overrides = control.Overrides.Select(OverrideContent.Of),
            Sources = diagnostics.Sources.Select(SourceContent.Of),
            Refreshes = diagnostics.Refreshes.Select(RefreshContent.Of),
            Rejection = RejectionContent.Of(diagnostics.Rejection),
            Diagnostics = diagnostics.SnapshotDiagnostics.Select(DiagnosticContent.Of),
        };
    }
}
