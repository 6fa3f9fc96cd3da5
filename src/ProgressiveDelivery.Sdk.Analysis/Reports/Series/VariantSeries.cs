namespace ProgressiveDelivery.Sdk.Analysis.Reports.Series;

/// <summary>A variant in the charts, or several that are folded into one. Immutable.</summary>
/// <param name="Slot">The number of its mark, line and color: 0 for the control, 5 at most.</param>
/// <param name="Title">The name for people.</param>
/// <param name="PlannedShare">The planned share of the units.</param>
/// <param name="UnitsByDay">The units on each day of the report, in order.</param>
internal sealed record VariantSeries(int Slot, string Title, double PlannedShare, IReadOnlyList<long> UnitsByDay)
{
    /// <summary>The name, for the control with the word for it unless that is its name.</summary>
    public string Label => Slot == 0 && !Title.Equals("control", StringComparison.OrdinalIgnoreCase) ? Title + " (control)" : Title;
}
