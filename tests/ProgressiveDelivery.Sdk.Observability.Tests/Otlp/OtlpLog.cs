namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>A log record; an event if it has an event's name.</summary>
internal sealed class OtlpLog(WireMessage record)
{
    private const ulong Information = 9;

    public string EventName => record.Text(12) ?? "";

    public bool IsInformation => record.Number(2) == Information;

    public Dictionary<string, object?> Attributes => OtlpAttributes.Read(record.Messages(6));
}
