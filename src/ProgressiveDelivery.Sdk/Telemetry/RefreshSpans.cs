using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>
/// The spans of a client's refreshes, one at a time; only the loop calls it. Without a listener nothing is allocated. A listener that
/// throws costs its span and harms no refresh.
/// </summary>
/// <param name="client">The client's name for people.</param>
internal sealed class RefreshSpans(string client)
{
    public const string Name = "progressive_delivery.refresh";

    /// <summary>The event that divides the time of the source from the time of the client.</summary>
    public const string Read = "progressive_delivery.read";

    private static readonly ActivitySource Source = new(FeatureMeter.Name);

    private Activity? _span;

    /// <summary>Begins the span of a refresh, unless it has begun.</summary>
    public void Begin(string source)
    {
        if (_span is not null || !Source.HasListeners())
            return;
        try
        {
            _span = Source.StartActivity(Name);
            _span?.SetTag("progressive_delivery.client", client).SetTag("progressive_delivery.source", source);
        }
        catch (Exception)
        {
            // The listener threw while the span was already the current one.
            Activity.Current = null;
        }
    }

    /// <summary>Marks the moment at which the source has answered; begins the span of a stream's event.</summary>
    public void Answered(string source)
    {
        Begin(source);
        _span?.AddEvent(new(Read));
    }

    /// <summary>Records the result, and the version that the source sent or confirmed.</summary>
    public void Ended(RefreshResult result, long? version = null)
    {
        _span?.SetTag("progressive_delivery.result", TelemetryNames.Of(result));
        if (version is { } known)
            _span?.SetTag("progressive_delivery.version", known);
    }

    /// <summary>Records that the snapshot or kill was refused: the status is an error.</summary>
    public void Refused(FeatureClientFault fault, long? version)
    {
        Ended(RefreshResult.Refused, version);
        Describe(fault);
    }

    /// <summary>Records that the source could not be read, or its answer not used: the status is an error.</summary>
    public void Failed(string source, FeatureClientFault fault)
    {
        Begin(source);
        Ended(RefreshResult.Failed);
        Describe(fault);
    }

    /// <summary>Ends the span, if one has begun.</summary>
    public void End()
    {
        var span = _span;
        _span = null;
        try
        {
            span?.Dispose();
        }
        catch (Exception)
        {
            Activity.Current = null;
        }
    }

    private void Describe(FeatureClientFault fault) =>
        _span?.SetTag("error.type", TelemetryNames.Of(fault.Kind)).SetStatus(ActivityStatusCode.Error, fault.Message);
}
