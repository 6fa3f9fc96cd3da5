namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The paths without a value, or with an empty text; none of them if enough of the others have a value.</summary>
internal sealed class MissingNode : Expression
{
    // A path that is listed, parsed and reported.
    private const int Copies = 4;

    private static readonly AttributeValue Nothing = AttributeValue.List();

    private readonly Expression[] _paths;
    private readonly Expression? _enough;
    private readonly ExpressionSurroundings _surroundings;
    private readonly (AttributeValue Path, string[] Tokens)[]? _known;

    /// <summary>Creates a node.</summary>
    /// <param name="paths">The paths; the first may yield a list of them instead.</param>
    /// <param name="enough">The number of paths that suffices; null if all are required.</param>
    /// <param name="surroundings">The scope of the paths.</param>
    public MissingNode(Expression[] paths, Expression? enough, ExpressionSurroundings surroundings)
    {
        _paths = paths;
        _enough = enough;
        _surroundings = surroundings;
        var cost = default(FormulaCost);
        if (!Array.TrueForAll(paths, path => path is LiteralNode))
            return;
        var known = TakeApart(Array.ConvertAll(paths, path => ((LiteralNode)path).Value), ref cost);
        _known = cost.IsExceeded ? null : known;
    }

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        List<AttributeValue>? missing = null;
        var paths = _known ?? Computed(in input, ref run);
        foreach (var (path, tokens) in paths)
        {
            if (!run.Cost.TryCharge(1))
                return Nothing;
            if (IsMissing(in input, ref run, tokens) && run.Cost.TryList(Copies))
                (missing ??= []).Add(path);
        }

        return missing is null || (_enough is not null && IsEnough(paths.Length - missing.Count, in input, ref run)) ? Nothing : AttributeValue.Owning([.. missing]);
    }

    private (AttributeValue, string[])[] Computed(in EvaluationInput input, ref ExpressionRun run)
    {
        var paths = new AttributeValue[_paths.Length];
        for (var i = 0; i < paths.Length; i++)
            paths[i] = _paths[i].Evaluate(in input, ref run);
        return TakeApart(paths, ref run.Cost);
    }

    private static (AttributeValue, string[])[] TakeApart(AttributeValue[] paths, ref FormulaCost cost)
    {
        ReadOnlySpan<AttributeValue> listed = paths is [{ Kind: AttributeKind.List } list, ..] ? list.Items : paths;
        if (!cost.TryList(listed.Length * (long)Copies))
            return [];
        var apart = new (AttributeValue, string[])[listed.Length];
        for (var i = 0; i < apart.Length; i++)
            apart[i] = (listed[i], VariablePath.Of(in listed[i], ref cost));
        return apart;
    }

    private bool IsEnough(int found, in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = _enough!.Evaluate(in input, ref run);
        return found >= Coercion.ToNumber(in wanted, ref run.Cost);
    }

    private bool IsMissing(in EvaluationInput input, ref ExpressionRun run, string[] path)
    {
        var value = VariablePath.Find(in input, ref run, path, _surroundings);
        return value.IsNull || value.AsString() is "";
    }
}
