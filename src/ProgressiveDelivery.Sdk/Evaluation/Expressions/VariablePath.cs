using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Paths with dots, and what is at them.</summary>
internal static class VariablePath
{
    private const string Current = "current";
    private const string Accumulator = "accumulator";

    /// <summary>The tokens of a path; none for nothing, null and the empty text.</summary>
    public static string[] Of(in AttributeValue path)
    {
        var text = Coercion.ToText(in path);
        return text.Length == 0 || path.IsNull ? [] : text.Split('.');
    }

    /// <summary>The value at a path, from wherever the evaluation stands. An instant is seen as text in RFC 3339.</summary>
    public static AttributeValue Find(in EvaluationInput input, in ExpressionRun run, ReadOnlySpan<string> path, ExpressionSurroundings surroundings)
    {
        var value = run.View switch
        {
            ExpressionView.Context => path.IsEmpty ? surroundings.Whole(in input) : surroundings.Find(in input, path),
            ExpressionView.Item => Descent.Find(run.Item, path),
            _ => Reduction(in run, path),
        };
        return value.TryGetInstant(out var instant) ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture) : value;
    }

    private static AttributeValue Reduction(in ExpressionRun run, ReadOnlySpan<string> path) => path switch
    {
        [] => AttributeValue.Object([new(Current, run.Item), new(Accumulator, run.Accumulator)]),
        [Current, .. var rest] => Descent.Find(run.Item, rest),
        [Accumulator, .. var rest] => Descent.Find(run.Accumulator, rest),
        _ => default,
    };
}
