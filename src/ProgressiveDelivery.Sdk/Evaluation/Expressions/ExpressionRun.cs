namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The scope in which variables are looked up.</summary>
internal enum ExpressionView : byte
{
    /// <summary>The attributes of the context, and the definition's additions.</summary>
    Context = 0,

    /// <summary>One item of a list.</summary>
    Item,

    /// <summary>An item and the accumulated result of the items before it.</summary>
    Reduction,
}

/// <summary>One evaluation of a formula: the current scope of its variables, and its cost.</summary>
internal struct ExpressionRun
{
    /// <summary>The explanation of a formula that exceeds its limit.</summary>
    public const string TooCostly = "it costs too much: it goes through lists in lists, or builds texts or lists that are too long";

    /// <summary>The cost so far, of this formula and those before it.</summary>
    public FormulaCost Cost;

    public ExpressionView View { get; set; }

    public AttributeValue Item { get; set; }

    public AttributeValue Accumulator { get; set; }

    /// <summary>Creates the evaluation of a formula over one value.</summary>
    public static ExpressionRun Over(AttributeValue value) => new() { View = ExpressionView.Item, Item = value };
}
