using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Collects the errors in clients' options, to report all of them together.</summary>
internal sealed class OptionsFaults(IServiceProvider services)
{
    private const int MaxGenerations = 100;

    private readonly List<string> _faults = [];
    private string _source = "";

    /// <summary>Checks everything about a client.</summary>
    /// <exception cref="OptionsValidationException">An option is invalid; the message names every error.</exception>
    public static void ThrowIfAny(IServiceProvider services, ClientRegistration registration)
    {
        var faults = new OptionsFaults(services);
        faults.Check(registration);
        if (faults._faults.Count > 0)
            throw new OptionsValidationException(registration.OptionsName, typeof(ProgressiveDeliveryOptions), faults._faults);
    }

    /// <summary>Collects the errors that the validators of one options class find.</summary>
    public void Check<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(ClientRegistration registration, string? name = null)
        where TOptions : class
    {
        try
        {
            services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name ?? registration.OptionsName);
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var fault in invalid.Failures)
                Add(registration, $"{_source}{typeof(TOptions).Name}: {fault}");
        }
    }

    /// <summary>Reports a document given in code that no client can use; waiting would not help.</summary>
    public void CheckDocument(ClientRegistration registration, string verb, string json)
    {
        var (definition, diagnostics) = SnapshotJson.Read(Encoding.UTF8.GetBytes(json), LimitsOf(registration));
        if (definition is null)
            Add(registration, $"{_source}{verb} has a document that is rejected: {diagnostics[^1]}");
    }

    // The defaults where the client's own are invalid, which is reported already.
    private SnapshotLimits? LimitsOf(ClientRegistration registration)
    {
        try
        {
            return services.GetRequiredService<IOptionsMonitor<ProgressiveDeliveryOptions>>().Get(registration.OptionsName).Limits;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private void Check(ClientRegistration registration)
    {
        Check<ProgressiveDeliveryOptions>(registration);
        Check<FailoverOptions>(registration);
        Check<ExposureOptions>(registration);
        Check<AssignmentOptions>(registration);
        Check<HostContextOptions>(registration);
        Check<AdoptionOptions>(registration);
        CheckSources(registration);
        if (registration.Sources.Count == 0)
            Add(registration, "it has no source. Give it one: FromHttp, FromEventStream, FromFile, FromSnapshot or From.");
        CheckGenerations(registration);
        if (registration.TrustsKeys)
            CheckSigned(registration);
        if (registration.EmitsEvaluationEvents)
            CheckEvaluationEvents(registration);
        CheckSinks(registration);
        foreach (var fault in GuardCheck.FaultsOf(registration.Guards))
            Add(registration, $"{nameof(ProgressiveDeliveryBuilder.AddGuard)}: {fault}");
        CheckPath(registration, registration.BundledFile, nameof(ProgressiveDeliveryBuilder.FallBackToFile), "file");
        if (registration is { BundledDocument: not null, LastKnownGoodFolder: not null })
            Add(registration, $"{nameof(ProgressiveDeliveryBuilder.FallBackToDocument)} is in force at once, and {nameof(ProgressiveDeliveryBuilder.KeepLastKnownGoodIn)} must be read first. Leave one of the two out.");
        CheckPath(registration, registration.LastKnownGoodFolder, nameof(ProgressiveDeliveryBuilder.KeepLastKnownGoodIn), "folder");
    }

    private void CheckGenerations(ClientRegistration registration)
    {
        if (registration.LastKnownGoodFolder is not null && registration.Generations is < 1 or > MaxGenerations)
            Add(registration, $"{nameof(ProgressiveDeliveryBuilder.KeepLastKnownGoodIn)} keeps {registration.Generations} snapshots. Give 1 to {MaxGenerations}.");
    }

    private void CheckEvaluationEvents(ClientRegistration registration)
    {
        var rate = services.GetRequiredService<IOptionsMonitor<EvaluationEventOptions>>().Get(registration.OptionsName).SampleRate;
        if (rate is not (> 0 and <= 1))
            Add(registration, FormattableString.Invariant($"{nameof(EvaluationEventOptions)}: {nameof(EvaluationEventOptions.SampleRate)}: '{rate}' is out of range; give more than 0, up to 1."));
    }

    private void CheckSigned(ClientRegistration registration)
    {
        Check<SignatureOptions>(registration);
        foreach (var verb in registration.Sources.Select(source => source.Verb).Where(verb => verb is nameof(ProgressiveDeliveryBuilder.FromSnapshot) or nameof(ProgressiveDeliveryBuilder.FromDocument)))
            Add(registration, $"{verb} gives unsigned rules, and TrustKeys accepts only signed ones. Leave one of the two out.");
        if (registration.BundledDocument is not null)
            Add(registration, $"{nameof(ProgressiveDeliveryBuilder.FallBackToDocument)} gives unsigned rules, and TrustKeys accepts only signed ones. Leave one of the two out.");
    }

    // Only the prefix shows which of several sources it is.
    private void CheckSources(ClientRegistration registration)
    {
        for (var i = 0; i < registration.Sources.Count; i++)
        {
            _source = i == 0 ? "" : FormattableString.Invariant($"source {i + 1} ({registration.Sources[i].Verb}): ");
            registration.Sources[i].Check(this);
        }

        _source = "";
    }

    private void CheckSinks(ClientRegistration registration)
    {
        Check<EventPipelineOptions>(registration);
        for (var i = 0; i < registration.Sinks.Count; i++)
        {
            _source = i == 0 ? "" : FormattableString.Invariant($"sink {i + 1} ({registration.Sinks[i].Verb}): ");
            registration.Sinks[i].Check(this);
        }

        _source = "";
    }

    private void CheckPath(ClientRegistration registration, string? path, string verb, string what)
    {
        if (path is not null && (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)))
            Add(registration, $"{verb} was given no {what}. Give its path.");
    }

    private void Add(ClientRegistration registration, string fault) => _faults.Add($"Client '{registration.Label}': {fault}");
}
