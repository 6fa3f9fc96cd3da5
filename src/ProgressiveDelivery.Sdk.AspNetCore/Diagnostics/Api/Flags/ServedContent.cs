using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>The answers of a flag in the last minute.</summary>
internal sealed record ServedContent
{
    /// <summary>The time that was counted: a minute, or less after the start.</summary>
    public required TimeSpan Span { get; init; }

    public required long Total { get; init; }

    public required IReadOnlyList<ServedVariantContent> Variants { get; init; }

    public required IReadOnlyList<ServedReasonContent> Reasons { get; init; }

    /// <summary>Returns what was counted; null before the first sample.</summary>
    public static ServedContent? Of(FlagInfo flag, ServedMinute minute)
    {
        if (minute.Span == TimeSpan.Zero)
            return null;
        var served = minute.Of(flag.Key);
        return new()
        {
            Span = minute.Span,
            Total = served.Total,
            Variants = [.. flag.Variants.Select(static variant => variant.Name).Distinct(StringComparer.Ordinal).Append(null).Select(variant => new ServedVariantContent(variant, served.Of(variant))).Where(static count => count.Answers > 0)],
            Reasons = [.. served.ByReason.Select(static reason => new ServedReasonContent(reason.Reason, reason.Count))],
        };
    }
}

/// <summary>The answers with one variant; null for the caller's fallback.</summary>
internal sealed record ServedVariantContent(string? Variant, long Answers);

/// <summary>The answers for one reason.</summary>
internal sealed record ServedReasonContent(EvaluationReason Reason, long Answers);
