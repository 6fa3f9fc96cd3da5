using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles one expression. Faults are reported; an expression with a fault never runs, since its flag is quarantined.</summary>
internal sealed class ExpressionCompiler
{
    // Evaluation recurses once per level, and an expression of many nodes is slow even without a loop.
    private const int MaxNesting = 100;
    private const int MaxNodes = 20_000;

    private readonly CompilationScope _scope;
    private readonly ExpressionSurroundings _surroundings;
    private int _nodes;
    private bool _isReported;

    private ExpressionCompiler(CompilationScope scope, ExpressionScope seen)
    {
        _scope = scope;
        _surroundings = new((scope as FlagScope)?.Definition.Key ?? "", seen.Surroundings, seen.Given);
    }

    public static Expression Compile(CompilationScope scope, ExpressionDefinition definition, ExpressionScope seen) =>
        new ExpressionCompiler(scope, seen).Compile(definition, 0);

    private Expression Compile(ExpressionDefinition definition, int depth)
    {
        _nodes++;
        if (depth > MaxNesting)
            return Exceeded("an expression nested more deeply", MaxNesting);
        if (_nodes > MaxNodes)
            return Exceeded("an expression of more parts", MaxNodes);
        _scope.Node.Nesting = Math.Max(_scope.Node.Nesting, depth);
        return definition switch
        {
            LiteralExpression literal => new LiteralNode(literal.Value),
            ListExpression list => List(list, depth),
            FractionalExpression fractional => Fractional(fractional, depth),
            OperationExpression { Operands: var operands, Operator: var name } => Operation(name, operands, depth),
            _ => LiteralNode.Null,
        };
    }

    private LiteralNode Exceeded(string what, int limit)
    {
        // Reports only once.
        if (!_isReported)
            _scope.Report(DiagnosticCatalog.FlagLimitExceeded(_scope.Path, _scope.Subject, what, limit, "nothing: it is fixed"));
        _isReported = true;
        return LiteralNode.Null;
    }

    private Expression List(ListExpression list, int depth)
    {
        var items = All(list.Items, depth);
        return Array.TrueForAll(items, item => item is LiteralNode)
            ? new LiteralNode(AttributeValue.Owning(Array.ConvertAll(items, item => ((LiteralNode)item).Value)))
            : new ListNode(items);
    }

    private FractionalNode Fractional(FractionalExpression fractional, int depth)
    {
        var by = fractional.By is null ? null : Compile(fractional.By, depth + 1);
        var shares = new FractionalShare[fractional.Shares.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = fractional.Shares[i] is ListExpression { Items: { Count: 1 or 2 } items }
                ? new(Compile(items[0], depth + 1), items.Count == 2 ? Compile(items[1], depth + 1) : null)
                : new FractionalShare(Compile(fractional.Shares[i], depth + 1));
        }

        return new(by, shares, fractional.Hash, _surroundings);
    }

    private Expression Operation(ExpressionOperator name, IReadOnlyList<ExpressionDefinition> definitions, int depth)
    {
        if (name is >= ExpressionOperator.Map and <= ExpressionOperator.Some)
            return Loop(name, definitions, depth);
        var operands = All(definitions, depth);
        switch (name)
        {
            case ExpressionOperator.Variable:
                return Variable(operands);
            case ExpressionOperator.Missing:
                MayReadTime(operands);
                return new MissingNode(operands, null, _surroundings);
            case ExpressionOperator.MissingSome:
                MayReadTime(operands);
                return new MissingNode([At(operands, 1)], At(operands, 0), _surroundings);
            case ExpressionOperator.If:
                return new IfNode(operands);
            case ExpressionOperator.And or ExpressionOperator.Or:
                return new LogicNode(operands, endsWith: name == ExpressionOperator.Or);
            case ExpressionOperator.Not or ExpressionOperator.IsTrue:
                return new TruthNode(At(operands, 0), wanted: name == ExpressionOperator.IsTrue);
            case ExpressionOperator.Equal or ExpressionOperator.NotEqual:
                return new EqualityNode(At(operands, 0), At(operands, 1), coerces: true, negated: name == ExpressionOperator.NotEqual);
            case ExpressionOperator.Same or ExpressionOperator.NotSame:
                return Sameness(At(operands, 0), At(operands, 1), negated: name == ExpressionOperator.NotSame);
            case >= ExpressionOperator.Less and <= ExpressionOperator.AtLeast:
                return Order(name, operands);
            case >= ExpressionOperator.Add and <= ExpressionOperator.Maximum:
                return new ArithmeticNode(Shorten(operands, name), name);
            case ExpressionOperator.In:
                return In(At(operands, 0), At(operands, 1));
            case ExpressionOperator.Concatenate:
                return new ConcatenationNode(operands);
            case ExpressionOperator.Substring:
                return new SubstringNode(At(operands, 0), At(operands, 1), operands.Length > 2 ? operands[2] : null);
            case ExpressionOperator.Merge:
                return new MergeNode(operands);
            case ExpressionOperator.StartsWith or ExpressionOperator.EndsWith:
                return operands.Length == 2 ? new AffixNode(operands[0], operands[1], atEnd: name == ExpressionOperator.EndsWith) : LiteralNode.Null;
            case ExpressionOperator.SemVer:
                return operands.Length == 3 ? new VersionNode(operands[0], operands[1], operands[2]) : LiteralNode.Null;
            case >= ExpressionOperator.ToText and <= ExpressionOperator.PaddedVersion:
                return Conversion(At(operands, 0), name);
            case ExpressionOperator.Matches or ExpressionOperator.MatchesIgnoringCase:
                return Pattern(At(operands, 0), At(operands, 1), ignoreCase: name == ExpressionOperator.MatchesIgnoringCase);
            case ExpressionOperator.Identical:
                return new IdentityNode(At(operands, 0), At(operands, 1));
            default:
                return LiteralNode.Null;
        }
    }

    private static Expression Sameness(Expression left, Expression right, bool negated) => (left, right) switch
    {
        (ConversionNode { Conversion: ExpressionOperator.ToText } text, LiteralNode { Value: { Kind: AttributeKind.String } literal }) => new TextIsNode(text.Operand, literal.AsString()!, negated),
        _ => new EqualityNode(left, right, coerces: false, negated),
    };

    // Converts constants at compilation.
    private static Expression Conversion(Expression operand, ExpressionOperator name)
    {
        var conversion = new ConversionNode(operand, name);
        if (operand is not LiteralNode)
            return conversion;
        var run = default(ExpressionRun);
        var value = conversion.Evaluate(default, ref run);
        return run.Cost.IsExceeded ? conversion : new LiteralNode(value);
    }

    private Expression Pattern(Expression subject, Expression pattern, bool ignoreCase)
    {
        if (pattern is not LiteralNode { Value: { Kind: AttributeKind.String } literal })
            return new LiteralNode(false);
        var text = literal.AsString()!;
        return PatternOperand.TryCompile(_scope, text, PatternSyntax.EcmaScript, ignoreCase, out var result) && result.Pattern is { } compiled
            ? new PatternNode(subject, compiled)
            : new LiteralNode(false);
    }

    private LoopNode Loop(ExpressionOperator name, IReadOnlyList<ExpressionDefinition> definitions, int depth)
    {
        var source = definitions.Count > 0 ? Compile(definitions[0], depth + 1) : LiteralNode.Null;
        var before = _nodes;
        var body = definitions.Count > 1 ? Compile(definitions[1], depth + 1) : LiteralNode.Null;
        var cost = 1 + _nodes - before;
        return name switch
        {
            ExpressionOperator.Map => new MapNode(source, body, cost),
            ExpressionOperator.Filter => new FilterNode(source, body, cost),
            ExpressionOperator.Reduce => new ReduceNode(source, body, definitions.Count > 2 ? Compile(definitions[2], depth + 1) : LiteralNode.Null, cost),
            _ => new QuantifierNode(source, body, name, cost),
        };
    }

    private Expression Variable(Expression[] operands)
    {
        var fallback = operands.Length > 1 ? operands[1] : null;
        var path = At(operands, 0);
        if (path is LiteralNode literal && TryTakeApart(literal.Value, out var tokens))
        {
            _scope.Node.ReadsTime |= _surroundings.MayReadTime(tokens);
            return new VariableNode(tokens, fallback, _surroundings);
        }

        MayReadTime(operands);
        return new DynamicVariableNode(path, fallback, _surroundings);
    }

    // A path that costs too much is left to the evaluation, which ends with an error.
    private static bool TryTakeApart(AttributeValue path, out string[] tokens)
    {
        var cost = default(FormulaCost);
        tokens = Array.ConvertAll(VariablePath.Of(in path, ref cost), string.Intern);
        return !cost.IsExceeded;
    }

    // A computed path may lead anywhere.
    private void MayReadTime(Expression[] paths) => _scope.Node.ReadsTime |= Array.Exists(paths, path => path is not LiteralNode) && _surroundings.MayReadTime([]);

    private static Expression Order(ExpressionOperator name, Expression[] operands)
    {
        if (operands.Length < 2)
            return new LiteralNode(false);
        var isChain = name is ExpressionOperator.Less or ExpressionOperator.AtMost;
        return new OrderNode(operands[..Math.Min(operands.Length, isChain ? 3 : 2)], name switch
        {
            ExpressionOperator.Less => Comparison.Less,
            ExpressionOperator.AtMost => Comparison.AtMost,
            ExpressionOperator.Greater => Comparison.Greater,
            _ => Comparison.AtLeast,
        });
    }

    private static Expression[] Shorten(Expression[] operands, ExpressionOperator name) =>
        name is ExpressionOperator.Subtract or ExpressionOperator.Divide or ExpressionOperator.Remainder && operands.Length > 2 ? operands[..2] : operands;

    // Constant texts, numbers and booleans are found in a set instead of a scan.
    private static Expression In(Expression needle, Expression haystack)
    {
        if (haystack is not LiteralNode { Value: { Kind: AttributeKind.List } list })
            return new InNode(needle, haystack);
        foreach (var item in list.Items)
        {
            if (item.Kind is not (AttributeKind.String or AttributeKind.Boolean or AttributeKind.Integer or AttributeKind.Number))
                return new InNode(needle, haystack);
        }

        return needle is ConversionNode { Conversion: ExpressionOperator.FoldCase } folded
            ? new InSetNode(folded.Operand, new(list.Items, ignoreCase: true))
            : new InSetNode(needle, new(list.Items, ignoreCase: false));
    }

    private Expression[] All(IReadOnlyList<ExpressionDefinition> definitions, int depth)
    {
        var compiled = new Expression[definitions.Count];
        for (var i = 0; i < compiled.Length; i++)
            compiled[i] = Compile(definitions[i], depth + 1);
        return compiled;
    }

    private static Expression At(Expression[] operands, int index) => index < operands.Length ? operands[index] : LiteralNode.Null;
}
