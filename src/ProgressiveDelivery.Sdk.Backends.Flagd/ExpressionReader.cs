using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Reads JsonLogic, with flagd's additions, into expressions.</summary>
internal sealed class ExpressionReader
{
    // The compiler has the same limit.
    private const int MaxNesting = 100;

    private static readonly Dictionary<string, ExpressionOperator> Operators = new(StringComparer.Ordinal)
    {
        ["var"] = ExpressionOperator.Variable,
        ["missing"] = ExpressionOperator.Missing,
        ["missing_some"] = ExpressionOperator.MissingSome,
        ["if"] = ExpressionOperator.If,
        ["?:"] = ExpressionOperator.If,
        ["and"] = ExpressionOperator.And,
        ["or"] = ExpressionOperator.Or,
        ["!"] = ExpressionOperator.Not,
        ["!!"] = ExpressionOperator.IsTrue,
        ["=="] = ExpressionOperator.Equal,
        ["!="] = ExpressionOperator.NotEqual,
        ["==="] = ExpressionOperator.Same,
        ["!=="] = ExpressionOperator.NotSame,
        ["<"] = ExpressionOperator.Less,
        ["<="] = ExpressionOperator.AtMost,
        [">"] = ExpressionOperator.Greater,
        [">="] = ExpressionOperator.AtLeast,
        ["+"] = ExpressionOperator.Add,
        ["-"] = ExpressionOperator.Subtract,
        ["*"] = ExpressionOperator.Multiply,
        ["/"] = ExpressionOperator.Divide,
        ["%"] = ExpressionOperator.Remainder,
        ["min"] = ExpressionOperator.Minimum,
        ["max"] = ExpressionOperator.Maximum,
        ["in"] = ExpressionOperator.In,
        ["cat"] = ExpressionOperator.Concatenate,
        ["substr"] = ExpressionOperator.Substring,
        ["merge"] = ExpressionOperator.Merge,
        ["map"] = ExpressionOperator.Map,
        ["filter"] = ExpressionOperator.Filter,
        ["reduce"] = ExpressionOperator.Reduce,
        ["all"] = ExpressionOperator.All,
        ["none"] = ExpressionOperator.None,
        ["some"] = ExpressionOperator.Some,
        ["starts_with"] = ExpressionOperator.StartsWith,
        ["ends_with"] = ExpressionOperator.EndsWith,
        ["sem_ver"] = ExpressionOperator.SemVer,
    };

    private readonly Dictionary<string, (ExpressionDefinition Expression, string? Fault)> _evaluators = new(StringComparer.Ordinal);
    private readonly JsonElement _evaluatorTexts;
    private readonly FractionalHash _hash;
    private bool _isInEvaluator;
    private string? _fault;

    public ExpressionReader(JsonElement evaluators, FlagdFractional fractional)
    {
        _evaluatorTexts = evaluators;
        _hash = fractional switch
        {
            FlagdFractional.V1 => FractionalHash.SignedText,
            FlagdFractional.V3 => FractionalHash.Cbor,
            _ => FractionalHash.Text,
        };
    }

    /// <summary>Reads a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="fault">The fault and its fix; null if there is none.</param>
    public ExpressionDefinition Read(JsonElement rule, out string? fault)
    {
        _fault = null;
        var expression = Read(rule, 0);
        fault = _fault;
        return expression;
    }

    private ExpressionDefinition Read(JsonElement rule, int depth)
    {
        if (depth > MaxNesting)
            return Fail("it is nested too deeply. Move parts of it to another flag");
        if (rule.ValueKind == JsonValueKind.Array)
            return new ListExpression(All(rule, depth));
        return TryReadOperation(rule, out var operation) ? Read(operation.Name, operation.Value, depth) : new LiteralExpression(BackendDocument.ValueOf(rule));
    }

    // An object with one member is an operation; with more, or none, it is a value.
    private static bool TryReadOperation(JsonElement rule, out JsonProperty operation)
    {
        operation = default;
        if (rule.ValueKind != JsonValueKind.Object)
            return false;
        var count = 0;
        foreach (var member in rule.EnumerateObject())
        {
            operation = member;
            count++;
        }

        return count == 1;
    }

    private ExpressionDefinition Read(string name, JsonElement value, int depth)
    {
        if (name == "$ref")
            return Evaluator(value);
        if (name == "fractional")
            return Fractional(value, depth);
        if (!Operators.TryGetValue(name, out var @operator))
            return Fail($"it uses the operator {FlagdDiagnostics.Quote(name)}, which is not known. Correct the name, or write an object with one member otherwise");
        return new OperationExpression { Operator = @operator, Operands = value.ValueKind == JsonValueKind.Array ? All(value, depth) : [Read(value, depth + 1)] };
    }

    private ExpressionDefinition Evaluator(JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (_isInEvaluator)
            return Fail($"an evaluator refers to another, {FlagdDiagnostics.Quote(name)}, which is not allowed. Write it out");
        if (!_evaluators.TryGetValue(name, out var evaluator))
            _evaluators[name] = evaluator = ReadEvaluator(name);
        _fault ??= evaluator.Fault;
        return evaluator.Expression;
    }

    // Read once, for all flags that refer to it.
    private (ExpressionDefinition, string?) ReadEvaluator(string name)
    {
        if (BackendJson.Find(_evaluatorTexts, name) is not { } text)
            return (new LiteralExpression(default), $"it refers to the evaluator {FlagdDiagnostics.Quote(name)}, which is not there. Define it in '$evaluators', or correct the name");
        var outer = _fault;
        (_fault, _isInEvaluator) = (null, true);
        try
        {
            return (Read(text, 0), _fault);
        }
        catch (InvalidOperationException fault)
        {
            return (new LiteralExpression(default), $"the evaluator {FlagdDiagnostics.Quote(name)} cannot be read: {fault.Message.TrimEnd('.')}");
        }
        finally
        {
            (_fault, _isInEvaluator) = (outer, false);
        }
    }

    private ExpressionDefinition Fractional(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return new LiteralExpression(default);
        var operands = All(value, depth);
        var hasUnit = operands.Count > 0 && operands[0] is not ListExpression;
        return new FractionalExpression { By = hasUnit ? operands[0] : null, Shares = hasUnit ? operands[1..] : operands, Hash = _hash };
    }

    private List<ExpressionDefinition> All(JsonElement list, int depth)
    {
        var read = new List<ExpressionDefinition>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
            read.Add(Read(item, depth + 1));
        return read;
    }

    private LiteralExpression Fail(string fault)
    {
        _fault ??= fault;
        return new(default);
    }
}
