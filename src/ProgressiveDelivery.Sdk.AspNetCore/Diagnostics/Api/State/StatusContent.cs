using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;

/// <summary>The state of the client.</summary>
internal sealed record StatusContent : ApiContent
{
    public required DateTimeOffset Now { get; init; }

    public required string Client { get; init; }

    public required string Application { get; init; }

    public required string Environment { get; init; }

    public required string Instance { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required FeatureClientState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public FaultContent? Cause { get; init; }

    public required long Version { get; init; }

    public required SnapshotOrigin Origin { get; init; }

    public string? Source { get; init; }

    public TimeSpan? Age { get; init; }

    public DateTimeOffset? LastConfirmed { get; init; }

    public TimeSpan? MaxStaleness { get; init; }

    public DateTimeOffset? DiskStalledSince { get; init; }

    /// <summary>The revision that an act is sent with.</summary>
    public required long Revision { get; init; }

    public required bool MayAct { get; init; }

    public HoldContent? Hold { get; init; }

    public long? Waiting { get; init; }

    public required IEnumerable<OverrideContent> Overrides { get; init; }

    public required IEnumerable<SourceContent> Sources { get; init; }

    public required IEnumerable<RefreshContent> Refreshes { get; init; }

    public RejectionContent? Rejection { get; init; }

    public required IEnumerable<DiagnosticContent> Diagnostics { get; init; }
}

/// <summary>A hold.</summary>
internal sealed record HoldContent
{
    public required long Version { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required bool SurvivesRestart { get; init; }

    public required bool Adoption { get; init; }

    public static HoldContent? Of(SnapshotHold? hold) => hold is null ? null : new()
    {
        Version = hold.Version,
        By = hold.By,
        Reason = hold.Reason,
        Since = hold.Since,
        ExpiresAt = hold.ExpiresAt,
        SurvivesRestart = hold.SurvivesRestart,
        Adoption = hold.IsAdoption,
    };
}

/// <summary>An override.</summary>
internal sealed record OverrideContent
{
    public required string Flag { get; init; }

    public required string Variant { get; init; }

    public required bool HasEffect { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required bool SurvivesRestart { get; init; }

    public static OverrideContent Of(FlagOverride standing) => new()
    {
        Flag = standing.Flag,
        Variant = standing.Variant,
        HasEffect = standing.HasEffect,
        By = standing.By,
        Reason = standing.Reason,
        Since = standing.Since,
        ExpiresAt = standing.ExpiresAt,
        SurvivesRestart = standing.SurvivesRestart,
    };
}

/// <summary>A fault of the client or of a source.</summary>
internal sealed record FaultContent(FeatureClientFaultKind Kind, string Message, DateTimeOffset At, int? HttpStatus, bool NeedsAction)
{
    public static FaultContent? Of(FeatureClientFault? fault) => fault is null ? null : new(fault.Kind, fault.Message, fault.At, fault.HttpStatus, fault.NeedsAction);
}

/// <summary>A fault in a snapshot.</summary>
internal sealed record DiagnosticContent(string Id, DiagnosticSeverity Severity, string Path, string Message)
{
    public static DiagnosticContent Of(SnapshotDiagnostic diagnostic) => new(diagnostic.Id, diagnostic.Severity, diagnostic.Path, diagnostic.Message);
}
