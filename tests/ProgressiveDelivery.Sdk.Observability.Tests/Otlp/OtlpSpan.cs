namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>A span.</summary>
internal sealed class OtlpSpan(WireMessage span)
{
    private const ulong Error = 2;

    public string Name => span.Text(5)!;

    public bool IsRoot => span.Bytes(4) is not { Length: > 0 };

    public bool IsError => span.Messages(15).Any(status => status.Number(3) == Error);

    public string? Message => span.Messages(15).Select(status => status.Text(2)).SingleOrDefault();

    public bool EndsAfterItsStart => span.Number(7) is > 0 and var start && span.Number(8) >= start;

    public Dictionary<string, object?> Attributes => OtlpAttributes.Read(span.Messages(9));

    public IReadOnlyList<string?> Events => [.. span.Messages(11).Select(happened => happened.Text(2))];
}
