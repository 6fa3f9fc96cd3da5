using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>Answers with the difference between two snapshots, and the saved contexts that move.</summary>
internal static class DiffEndpoint
{
    public static ApiAnswer Answer(ApiCall call)
    {
        call.Required("from");
        call.Required("to");
        var (from, to) = (call.Number("from"), call.Number("to"));
        if (call.Fault is { } fault)
            return ApiAnswer.Of(ApiProblem.BadRequest(fault));
        return Compare(call.View, from!.Value, to!.Value);
    }

    private static ApiAnswer Compare(ScreenContext view, long from, long to)
    {
        if (view.Control.Diff(from, to) is not { } difference || ContextMoves.Between(view, difference) is not { } moves)
            return ApiAnswer.Of(ApiProblem.NotFound("unknownVersion", string.Create(CultureInfo.InvariantCulture, $"The history does not have both of {from} and {to}. Choose versions that it has: history.")));
        return ApiAnswer.Of(
            new DiffContent
            {
                From = difference.FromVersion,
                To = difference.ToVersion,
                Added = difference.Added,
                Removed = difference.Removed,
                Changed = difference.Changed,
                Affected = difference.Affected,
                MetadataOnly = difference.MetadataOnly,
                SavedContexts = moves.Contexts,
                FlagsLeftOut = moves.FlagsLeftOut,
                Moves = moves.Moves.Select(static move => new MoveContent(move.Context.Name, move.Context.ShownKey, move.Flag, move.From, move.To)),
            },
            ApiJson.Default.DiffContent);
    }
}

/// <summary>The difference between two snapshots.</summary>
internal sealed record DiffContent : ApiContent
{
    public required long From { get; init; }

    public required long To { get; init; }

    public required IReadOnlyList<string> Added { get; init; }

    public required IReadOnlyList<string> Removed { get; init; }

    public required IReadOnlyList<string> Changed { get; init; }

    public required IReadOnlyList<string> Affected { get; init; }

    public required IReadOnlyList<string> MetadataOnly { get; init; }

    /// <summary>The number of saved contexts that were asked.</summary>
    public required int SavedContexts { get; init; }

    /// <summary>The number of flags whose moves were not looked for.</summary>
    public required int FlagsLeftOut { get; init; }

    public required IEnumerable<MoveContent> Moves { get; init; }
}

/// <summary>A saved context that gets another variant; a variant that is null stands for the caller's fallback.</summary>
internal sealed record MoveContent(string Context, string? TargetingKey, string Flag, string? From, string? To);
