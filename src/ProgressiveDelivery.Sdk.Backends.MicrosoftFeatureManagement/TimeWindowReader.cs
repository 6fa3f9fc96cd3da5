using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary><c>Microsoft.TimeWindow</c>: from a start, to an end, optionally recurring.</summary>
internal static class TimeWindowReader
{
    /// <exception cref="FlagException">A part cannot be read.</exception>
    public static ConditionDefinition Read(Section parameters)
    {
        var (start, end) = (Bound.Instant(parameters, "Start"), Bound.Instant(parameters, "End"));
        if (parameters.Get("Recurrence") is { HasChildren: true } recurrence)
            return RecurrenceReader.Read(recurrence, start, end, out var parameter, out var fault) ?? throw new FlagException($"{fault} (Parameter '{parameter}')");
        return start is null && end is null ? new AnyCondition([]) : new BetweenCondition { From = start, To = end };
    }
}
