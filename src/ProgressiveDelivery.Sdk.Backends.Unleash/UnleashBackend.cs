using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>The description of an Unleash server: its addresses, headers, documents, events and reports.</summary>
internal static class UnleashBackend
{
    public static Backend<UnleashSourceOptions> Description { get; } = new()
    {
        Format = static (options, limits) => new UnleashFormat(options.Context, limits),
        Context = static options => options.Context,
        Headers = static options => [new("Authorization", options.Token!)],
        Credentials = nameof(UnleashSourceOptions.Token),
        Validate = Validate,
        Report = static (options, services) =>
            options.ReportsUsage ? new UnleashUsageReporter(options, services.SenderTo(options), services.UsageInterval, services.Clock.GetUtcNow()) : null,
    };

    public static BackendPolls<UnleashSourceOptions> Polls { get; } = new()
    {
        Address = static options => UnleashProtocol.AddressOf(options, "client/features", ("project", options.Project), ("namePrefix", options.NamePrefix)),
        InstanceHeaders = static options =>
            UnleashProtocol.HeadersOf(options).Append(new("Unleash-Interval", options.PollingInterval.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture))),
    };

    public static BackendStream<UnleashSourceOptions> Stream { get; } = new()
    {
        Address = static options => UnleashProtocol.AddressOf(options, "client/streaming"),
        InstanceHeaders = UnleashProtocol.HeadersOf,
        Events = static _ => new UnleashEvents(),
        HeartbeatTimeout = static options => options.HeartbeatTimeout,
        CommentsAreHeartbeats = true,
    };

    private static void Validate(UnleashSourceOptions options, ValidateOptionsResultBuilder errors)
    {
        HttpBackend.Require(errors, options.Token, nameof(options.Token), "a backend token, such as default:production.…");
        if (string.IsNullOrWhiteSpace(options.AppName))
            errors.AddError("it is missing; give the application's name.", nameof(options.AppName));
        if (string.IsNullOrWhiteSpace(options.InstanceId))
            errors.AddError("it is missing; give the instance's name.", nameof(options.InstanceId));
    }
}
