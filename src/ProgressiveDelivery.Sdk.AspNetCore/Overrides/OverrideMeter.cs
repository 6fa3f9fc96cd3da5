using System.Diagnostics.Metrics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>Counts overrides, on the meter <c>ProgressiveDelivery.Sdk.AspNetCore</c>.</summary>
internal sealed class OverrideMeter
{
    public const string Name = "ProgressiveDelivery.Sdk.AspNetCore";

    private readonly Counter<long> _overrides;

    public OverrideMeter(IMeterFactory meters) => _overrides = meters.Create(Name)
        .CreateCounter<long>("progressive_delivery.request_overrides", "{override}", "Overrides that requests brought, by result: accepted, ignored; and requests whose overrides were refused.");

    /// <summary>Counts overrides that were applied.</summary>
    public void Accepted(string client, int count) => Add(client, "accepted", count);

    /// <summary>Counts overrides of flags or variants that do not exist.</summary>
    public void Ignored(string client, int count) => Add(client, "ignored", count);

    /// <summary>Counts a request that was refused.</summary>
    public void Refused(string client) => Add(client, "refused", 1);

    private void Add(string client, string result, int count)
    {
        if (count > 0)
            _overrides.Add(count, new("client", client), new("result", result));
    }
}
