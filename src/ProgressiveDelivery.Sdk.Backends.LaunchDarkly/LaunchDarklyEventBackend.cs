using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The description of LaunchDarkly's single events.</summary>
internal static class LaunchDarklyEventBackend
{
    private const int MinRemembered = 64;
    private const int MaxRemembered = 16_777_216;

    private static readonly TimeSpan MinRepeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRepeat = TimeSpan.FromDays(30);

    public static BackendEvents<LaunchDarklyEventOptions> Description { get; } = new()
    {
        Sink = static (options, services) => new LaunchDarklyEventSink(options, services.SenderTo(
            new()
            {
                Address = LaunchDarklyBackend.Bulk(options.Address),
                HttpClientName = options.HttpClientName ?? services.HttpClientName,
                Authorization = options.SdkKey,
                RequestTimeout = options.RequestTimeout,
            },
            nameof(options.SdkKey))),
        Recorder = static (options, sink, services) => new LaunchDarklyRecorder(options, (LaunchDarklyEventSink)sink, services),
        Validate = Validate,
    };

    private static void Validate(LaunchDarklyEventOptions options, ValidateOptionsResultBuilder errors)
    {
        HttpBackend.Require(errors, options.SdkKey, nameof(options.SdkKey), "the server-side SDK key of the environment, sdk-…");
        if (options.Address is null)
            errors.AddError("it is null; give an address, or leave it out.", nameof(options.Address));
        HttpBackend.CheckAddress(errors, options.Address, nameof(options.Address));
        HttpBackend.CheckTimeout(errors, options.RequestTimeout, nameof(options.RequestTimeout));
        if (options.Context is null)
            errors.AddError("it is null; give a mapping, or leave it out.", nameof(options.Context));
        if (options.RememberedContexts is < MinRemembered or > MaxRemembered)
            errors.AddError(FormattableString.Invariant($"'{options.RememberedContexts}' is out of range; give {MinRemembered} to {MaxRemembered}."), nameof(options.RememberedContexts));
        if (options.RepeatContextsAfter < MinRepeat || options.RepeatContextsAfter > MaxRepeat)
            errors.AddError($"'{options.RepeatContextsAfter}' is out of range; give {MinRepeat} to {MaxRepeat}.", nameof(options.RepeatContextsAfter));
        foreach (var reference in options.PrivateAttributes.Where(reference => !PrivateReference.TryParse(reference, out _)))
            errors.AddError($"'{reference}' is no reference to an attribute; write email, or /address/street.", nameof(options.PrivateAttributes));
    }
}
