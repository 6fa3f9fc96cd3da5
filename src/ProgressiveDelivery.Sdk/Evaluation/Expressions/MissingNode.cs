namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The paths at which there is nothing, or an empty text; none of them where enough of the others have a value.</summary>
internal sealed class MissingNode : Expression
{
    private static readonly AttributeValue Nothing = AttributeValue.List();

    private readonly Expression[] _paths;
    private readonly Expression? _enough;
    private readonly ExpressionSurroundings _surroundings;
    private readonly (AttributeValue Path, string[] Tokens)[]? _known;

    /// <summary>Makes one.</summary>
    /// <param name="paths">The paths; the first may yield a list of them instead.</param>
    /// <param name="enough">How many suffice; null: all are wanted.</param>
    /// <param name="surroundings">What they lead into.</param>
    public MissingNode(Expression[] paths, Expression? enough, ExpressionSurroundings surroundings)
    {
        _paths = paths;
        _enough = enough;
        _surroundings = surroundings;
        if (Array.TrueForAll(paths, path => path is LiteralNode))
            _known = Array.ConvertAll(Listed(Array.ConvertAll(paths, path => ((LiteralNode)path).Value)), path => (path, VariablePath.Of(in path)));
    }

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        List<AttributeValue>? missing = null;
        var paths = _known ?? Computed(in input, ref run);
        foreach (var (path, tokens) in paths)
        {
            if (run.TryCharge(1) && IsMissing(in input, in run, tokens))
                (missing ??= []).Add(path);
        }

        return missing is null || (_enough is not null && IsEnough(paths.Length - missing.Count, in input, ref run)) ? Nothing : AttributeValue.Owning([.. missing]);
    }

    private (AttributeValue, string[])[] Computed(in EvaluationInput input, ref ExpressionRun run)
    {
        var paths = new AttributeValue[_paths.Length];
        for (var i = 0; i < paths.Length; i++)
            paths[i] = _paths[i].Evaluate(in input, ref run);
        return Array.ConvertAll(Listed(paths), path => (path, VariablePath.Of(in path)));
    }

    private static AttributeValue[] Listed(AttributeValue[] paths) =>
        paths is [{ Kind: AttributeKind.List } list, ..] ? list.Items.ToArray() : paths;

    private bool IsEnough(int found, in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = _enough!.Evaluate(in input, ref run);
        return found >= Coercion.ToNumber(in wanted);
    }

    private bool IsMissing(in EvaluationInput input, in ExpressionRun run, string[] path)
    {
        var value = VariablePath.Find(in input, in run, path, _surroundings);
        return value.IsNull || value.AsString() is "";
    }
}
