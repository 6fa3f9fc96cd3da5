using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Dotted paths and their values.</summary>
internal static class VariablePath
{
    private const string Current = "current";
    private const string Accumulator = "accumulator";

    // A token as its own text, and its place in the list.
    private const int TokenSize = 40;
    private const int InstantLength = 32;

    // An unsorted list is scanned.
    private const int AttributesPerStep = 16;
    private const int TokensPerStep = 4;

    /// <summary>Splits a path into tokens; none for null and the empty text.</summary>
    public static string[] Of(in AttributeValue path, ref FormulaCost cost)
    {
        var text = Coercion.ToText(in path, ref cost);
        if (text.Length == 0 || path.IsNull)
            return [];
        var tokens = text.AsSpan().Count('.') + 1;
        return cost.TryCharge(tokens) && cost.TryAllocate((tokens * (long)TokenSize) + (text.Length * sizeof(char))) ? text.Split('.') : [];
    }

    /// <summary>Returns the value at a path in the current scope. An instant is read as text in RFC 3339.</summary>
    public static AttributeValue Find(in EvaluationInput input, ref ExpressionRun run, ReadOnlySpan<string> path, ExpressionSurroundings surroundings)
    {
        if (!run.Cost.TryCharge(path.Length / TokensPerStep))
            return default;
        var value = run.View switch
        {
            ExpressionView.Context => InContext(in input, path, surroundings, ref run.Cost),
            ExpressionView.Item => Descent.Find(run.Item, path),
            _ => Reduction(ref run, path),
        };
        return value.Kind == AttributeKind.Instant ? Text(in value, ref run.Cost) : value;
    }

    private static AttributeValue InContext(in EvaluationInput input, ReadOnlySpan<string> path, ExpressionSurroundings surroundings, ref FormulaCost cost)
    {
        if (!cost.TryCharge(input.AttributeCount / AttributesPerStep))
            return default;
        return path.IsEmpty ? surroundings.Whole(in input, ref cost) : surroundings.Find(in input, path, ref cost);
    }

    private static AttributeValue Reduction(ref ExpressionRun run, ReadOnlySpan<string> path) => path switch
    {
        [] when !run.Cost.TryWrite(Current.Length + Accumulator.Length + TokenSize) => default,
        [] => AttributeValue.Object([new(Current, run.Item), new(Accumulator, run.Accumulator)]),
        [Current, .. var rest] => Descent.Find(run.Item, rest),
        [Accumulator, .. var rest] => Descent.Find(run.Accumulator, rest),
        _ => default,
    };

    private static AttributeValue Text(in AttributeValue value, ref FormulaCost cost) =>
        cost.TryWrite(InstantLength) && value.TryGetInstant(out var instant) ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture) : default(AttributeValue);
}
