using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;

/// <summary>A source and its last word.</summary>
internal sealed record SourceContent
{
    public required string Name { get; init; }

    public required int Rank { get; init; }

    public required string Kind { get; init; }

    public required bool Signed { get; init; }

    public required SourceState State { get; init; }

    public long? Version { get; init; }

    public DateTimeOffset? LastTried { get; init; }

    public DateTimeOffset? LastConfirmed { get; init; }

    public DateTimeOffset? NextAttempt { get; init; }

    public required long Failures { get; init; }

    public FaultContent? Fault { get; init; }

    public static SourceContent Of(SourceStatus source) => new()
    {
        Name = source.Name,
        Rank = source.Rank,
        Kind = source.Kind,
        Signed = source.IsSigned,
        State = source.State,
        Version = source.Version,
        LastTried = source.LastTried,
        LastConfirmed = source.LastConfirmed,
        NextAttempt = source.NextAttempt,
        Failures = source.Failures,
        Fault = FaultContent.Of(source.Fault),
    };
}

/// <summary>A refresh.</summary>
internal sealed record RefreshContent(DateTimeOffset At, string Source, RefreshOutcome Outcome, long? Version, TimeSpan Duration, string? Message)
{
    public static RefreshContent Of(RefreshRecord refresh) => new(refresh.At, refresh.Source, refresh.Outcome, refresh.Version, refresh.Duration, refresh.Message);
}

/// <summary>A rejected snapshot, patch or kill.</summary>
internal sealed record RejectionContent
{
    public required DateTimeOffset At { get; init; }

    public required string Source { get; init; }

    public long? Version { get; init; }

    public string? ChangedBy { get; init; }

    public string? ChangeReason { get; init; }

    public required IEnumerable<DiagnosticContent> Diagnostics { get; init; }

    public static RejectionContent? Of(RejectedSnapshot? rejected) => rejected is null ? null : new()
    {
        At = rejected.At,
        Source = rejected.Source,
        Version = rejected.Version,
        ChangedBy = rejected.ChangedBy,
        ChangeReason = rejected.ChangeReason,
        Diagnostics = rejected.Diagnostics.Select(DiagnosticContent.Of),
    };
}
