namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A list of texts, or a text that is such a list in JSON, with at least one item among some texts.</summary>
internal sealed class ReadItemsTest(AttributeReference attribute, AttributeValue operand, string[] texts) : AttributeTest(attribute, "hasAny", operand)
{
    private readonly StringTable<string> _texts = StringTable.OfTexts(texts);

    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        var items = new TextItems(in value);
        if (!items.AreTexts)
            return Truth.Unknown;
        var found = false;
        while (!found && items.TryNext(out var item))
            found = _texts.Find(item) is not null;
        items.Return();
        return found.ToTruth();
    }
}
