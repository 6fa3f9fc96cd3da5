using System.Globalization;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>
/// Serves the variant that a formula names. Null passes on. A name without a variant, or a formula that costs too much, ends the flag.
/// </summary>
internal sealed class CompiledExpressionOutcome : Outcome
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 8;

    private readonly Expression _expression;
    private readonly string[] _variants;
    private readonly StringTable<Place>? _places;

    public CompiledExpressionOutcome(Expression expression, string[] variants)
    {
        _expression = expression;
        _variants = variants;
        if (variants.Length <= ScanLimit)
            return;
        _places = new(variants.Length);
        for (short i = 0; i < variants.Length; i++)
            _places.Add(variants[i], new(i));
    }

    public override Served Serve(in EvaluationInput input)
    {
        var run = new ExpressionRun { Cost = input.FormulaCost };
        var value = _expression.Evaluate(in input, ref run);
        input.FormulaCost = run.Cost;
        if (run.Cost.IsExceeded)
            return Fail(in input, ExpressionRun.TooCostly);
        if (value.IsNull)
        {
            input.Trace?.Add(ExplanationKind.Condition, "expression", null, "it yields null: passed on");
            return Served.PassOn;
        }

        var variant = Find(in value);
        if (variant < 0)
            return Fail(in input, "what it yields names no variant");
        input.Trace?.Add(ExplanationKind.Condition, "expression", true, $"it yields '{_variants[variant]}'");
        return new(variant, EvaluationReason.RuleMatch);
    }

    private static Served Fail(in EvaluationInput input, string why)
    {
        input.Trace?.Fail($"The expression cannot be used: {why}.");
        input.Trace?.Add(ExplanationKind.Condition, "expression", null, why);
        return Served.Abort(Truth.Error);
    }

    private short Find(in AttributeValue value)
    {
        if (value.AsString() is { } text)
            return Find(text);
        if (value.TryGetBoolean(out var boolean))
            return Find(boolean ? "true" : "false");
        Span<char> digits = stackalloc char[EcmaScriptText.MaxLength];
        if (value.TryGetInteger(out var integer) && integer.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture))
            return Find(digits[..written]);
        return value.TryGetNumber(out var number) ? Find(digits[..EcmaScriptText.Write(number, digits)]) : Decision.None;
    }

    private short Find(ReadOnlySpan<char> name)
    {
        if (_places is not null)
            return _places.Find(name)?.Variant ?? Decision.None;
        for (var i = _variants.Length - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(_variants[i]))
                return (short)i;
        }

        return Decision.None;
    }

    private sealed record Place(short Variant);
}
