using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>The finding on a line: an event, or a fault with its reason.</summary>
internal readonly record struct LineVerdict(EventFaultRule? Rule, string Reason)
{
    public static LineVerdict Event { get; } = new(null, "");

    public bool IsEvent => Rule is null;

    public static LineVerdict NoObject(string reason) => new(EventFaultRule.InvalidLine, reason);

    public static LineVerdict UnknownType(string reason) => new(EventFaultRule.UnknownType, reason);

    public static LineVerdict Invalid(string reason) => new(EventFaultRule.InvalidEvent, reason);
}
