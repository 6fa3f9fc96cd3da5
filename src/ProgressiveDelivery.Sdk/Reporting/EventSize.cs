using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Estimates the size of events as JSON: memory is bounded by it, so it need not be exact.</summary>
internal static class EventSize
{
    /// <summary>The estimate for a count.</summary>
    public const int OfCount = 320;

    private const int Frame = 256;
    private const int Scalar = 24;

    /// <summary>Returns the estimate, in bytes. Its cost grows with the number of attributes, and not with their values.</summary>
    public static int Of(FeatureEvent occurred)
    {
        var size = Frame + (long)occurred.Id.Length + occurred.Unit.Length + occurred.UnitKind.Length;
        size += occurred switch
        {
            ExposureEvent exposure => exposure.Flag.Length + exposure.Experiment.Length + exposure.Variant.Length + (exposure.Rule?.Length ?? 0),
            OutcomeEvent outcome => outcome.Metric.Length + outcome.Variants.Sum(Of),
            BackendEvent { Context: var context } backend => (long)Math.Max(0, backend.ContentBytes) + (context is null ? 0 : Of(context)),
            _ => 0,
        };
        foreach (var (name, value) in occurred.Attributes)
            size += name.Length + Of(value);
        return (int)Math.Min(size, int.MaxValue);
    }

    private static int Of(GivenVariant given) => Frame / 2 + given.Flag.Length + given.Variant.Length + (given.Experiment?.Length ?? 0) + (given.Unit?.Length ?? 0);

    private static long Of(EvaluationContext context)
    {
        var size = (long)(context.TargetingKey?.Length ?? 0);
        foreach (var attribute in context.AttributeSpan)
            size += attribute.Name.Length + Of(attribute.Value);
        foreach (var kind in context.Kinds)
            size += kind.Name.Length + Of(kind.Context);
        return size;
    }

    // Of lists and objects the size is known, so neither depth nor sharing costs anything.
    private static long Of(AttributeValue value) => value.AsString() is { } text ? text.Length + 2L : Scalar + value.Size;
}
