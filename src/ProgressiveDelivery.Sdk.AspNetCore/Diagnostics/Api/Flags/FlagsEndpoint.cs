using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>Answers with a page of the flags in force.</summary>
internal static class FlagsEndpoint
{
    private const int MaxSize = 1_000;
    private const int DefaultSize = 100;

    public static ApiAnswer Answer(ApiCall call)
    {
        var (view, text) = (call.View, call.Query("q"));
        var (page, size) = (call.Number("page", 1, int.MaxValue) ?? 1, call.Number("size", 1, MaxSize) ?? DefaultSize);
        if (call.Fault is { } fault)
            return ApiAnswer.Of(ApiProblem.BadRequest(fault));
        var flags = view.Snapshot.Flags;
        if (text is not null)
            flags = [.. flags.Where(flag => flag.Key.Contains(text, StringComparison.OrdinalIgnoreCase))];
        var start = (int)Math.Min(flags.Count, (page - 1) * size);
        var summaries = new Summaries(view);
        return ApiAnswer.Of(
            new FlagsContent { SnapshotVersion = view.Snapshot.Version, Total = flags.Count, Page = page, Size = size, Flags = flags.Skip(start).Take((int)size).Select(summaries.Of) },
            ApiJson.Default.FlagsContent);
    }

    private sealed class Summaries(ScreenContext view)
    {
        private readonly ServedMinute _served = view.Site.Served.LastMinute;
        private readonly ILookup<string, GuardStatus> _guards = view.Status.Guards.ToLookup(static guard => guard.Flag, StringComparer.Ordinal);
        private readonly ILookup<string, RampStatus> _ramps = view.Status.Ramps.ToLookup(static ramp => ramp.Flag, StringComparer.Ordinal);
        private readonly ILookup<string, Control.RampPosition> _positions = view.Control.State.Ramps.ToLookup(static ramp => ramp.Flag, StringComparer.Ordinal);

        public FlagSummaryContent Of(FlagInfo flag) => new()
        {
            Key = flag.Key,
            Type = flag.Type,
            Version = flag.Version,
            Enabled = flag.IsEnabled,
            ClientVisible = flag.IsClientVisible,
            Variants = flag.Variants.Select(static variant => variant.Name),
            Overlay = flag.Overlay,
            Defect = flag.Defect,
            Served = ServedContent.Of(flag, _served),
            Ramps = _ramps[flag.Key].Select(ramp => RampContent.Of(ramp, _positions[flag.Key])),
            Guards = _guards[flag.Key].Select(static guard => new GuardSummaryContent(guard.Guard, guard.Variant, guard.Result, guard.Trip is not null, guard.IsDryRun)),
        };
    }
}

/// <summary>A page of flags.</summary>
internal sealed record FlagsContent : ApiContent
{
    public required long SnapshotVersion { get; init; }

    /// <summary>The number of flags that match.</summary>
    public required int Total { get; init; }

    public required long Page { get; init; }

    public required long Size { get; init; }

    public required IEnumerable<FlagSummaryContent> Flags { get; init; }
}

/// <summary>A flag in a list.</summary>
internal sealed record FlagSummaryContent
{
    public required string Key { get; init; }

    public required FlagType Type { get; init; }

    public long? Version { get; init; }

    public required bool Enabled { get; init; }

    public required bool ClientVisible { get; init; }

    public required IEnumerable<string> Variants { get; init; }

    public EvaluationReason? Overlay { get; init; }

    public string? Defect { get; init; }

    public ServedContent? Served { get; init; }

    public required IEnumerable<RampContent> Ramps { get; init; }

    public required IEnumerable<GuardSummaryContent> Guards { get; init; }
}

/// <summary>A guard in a list of flags.</summary>
internal sealed record GuardSummaryContent(string Guard, string Variant, GuardResult Result, bool Tripped, bool DryRun);
