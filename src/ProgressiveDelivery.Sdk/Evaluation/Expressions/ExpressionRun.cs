namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>What variables are looked up in.</summary>
internal enum ExpressionView : byte
{
    /// <summary>The attributes of the context, and what the definition adds to them.</summary>
    Context = 0,

    /// <summary>One item of a list.</summary>
    Item,

    /// <summary>An item and what the items before it came to.</summary>
    Reduction,
}

/// <summary>
/// One evaluation of a formula: what its variables stand for just now, and what it may still cost. Formulas come from outside, and loops
/// inside loops over the caller's lists could otherwise keep a thread busy for good.
/// </summary>
internal struct ExpressionRun
{
    /// <summary>What an evaluation may cost: about a step for each node that is evaluated in a loop, and for every eight characters that are written; a few milliseconds.</summary>
    public const int MostSteps = 100_000;

    /// <summary>What explanations say of one that is stopped.</summary>
    public const string TooCostly = "it costs too much: it goes through lists in lists, or builds texts that are too long";

    // Text shorter than this is looked through for free.
    private const int FreeLength = 64;
    private const int CharactersPerStep = 8;

    private int _steps;

    public ExpressionView View { get; set; }

    public AttributeValue Item { get; set; }

    public AttributeValue Accumulator { get; set; }

    /// <summary>Whether it has cost too much: what came of it does not count.</summary>
    public readonly bool IsExhausted => _steps > MostSteps;

    /// <summary>The evaluation of a formula over one value.</summary>
    public static ExpressionRun Over(AttributeValue value) => new() { View = ExpressionView.Item, Item = value };

    /// <summary>Notes a cost; false once it is too much.</summary>
    public bool TryCharge(int steps)
    {
        _steps = steps > MostSteps || IsExhausted ? MostSteps + 1 : _steps + steps;
        return !IsExhausted;
    }

    /// <summary>Notes that a text of this length is looked through or written.</summary>
    public bool TryChargeText(int length) => length < FreeLength ? !IsExhausted : TryCharge(length / CharactersPerStep);
}
