using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>Answers with the audit trail, filtered; as JSON lines on demand.</summary>
internal static class AuditEndpoint
{
    private static readonly string[] Kinds = [.. Enum.GetNames<ControlActKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static ApiAnswer Answer(ApiCall call)
    {
        var (flag, by, kind) = (call.Query("flag"), call.Query("by"), call.Query("kind"));
        if (kind is not null && !Kinds.Contains(kind, StringComparer.Ordinal))
            return ApiAnswer.Of(ApiProblem.BadRequest($"'kind' is '{SafeText.Cut(kind, 40)}', which is no kind of act. Known are: {string.Join(", ", Kinds)}."));
        var records = call.View.Control.AuditTrail
            .Where(record => (flag is null || record.Flag == flag) && (by is null || record.By == by) && (kind is null || JsonNamingPolicy.CamelCase.ConvertName(record.Kind.ToString()) == kind))
            .Select(RecordContent.Of);
        return WantsLines(call.Http.Request) ? ApiAnswer.Lines(records, ApiJson.Default.RecordContent) : ApiAnswer.Of(new AuditContent { Records = records }, ApiJson.Default.AuditContent);
    }

    private static bool WantsLines(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);
}

/// <summary>The audit trail.</summary>
internal sealed record AuditContent : ApiContent
{
    /// <summary>The records, the newest first.</summary>
    public required IEnumerable<RecordContent> Records { get; init; }
}

/// <summary>One act.</summary>
internal sealed record RecordContent
{
    public required DateTimeOffset At { get; init; }

    public required ControlActKind Kind { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    public required long FromVersion { get; init; }

    public required long ToVersion { get; init; }

    public long? HeldVersion { get; init; }

    public string? Flag { get; init; }

    public string? Guard { get; init; }

    public string? FromVariant { get; init; }

    public string? ToVariant { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required bool SurvivesRestart { get; init; }

    public static RecordContent Of(ControlRecord record) => new()
    {
        At = record.At,
        Kind = record.Kind,
        By = record.By,
        Reason = record.Reason,
        FromVersion = record.FromVersion,
        ToVersion = record.ToVersion,
        HeldVersion = record.HeldVersion,
        Flag = record.Flag,
        Guard = record.Guard,
        FromVariant = record.FromVariant,
        ToVariant = record.ToVariant,
        ExpiresAt = record.ExpiresAt,
        SurvivesRestart = record.SurvivesRestart,
    };
}
