using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Collects what is wrong with clients' options, so that all of it is told at once.</summary>
internal sealed class OptionsFaults(IServiceProvider services)
{
    private const int MostGenerations = 100;

    private readonly List<string> _faults = [];
    private string _source = "";

    /// <summary>Checks everything about a client.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; names all of it.</exception>
    public static void ThrowIfAny(IServiceProvider services, ClientRegistration registration)
    {
        var faults = new OptionsFaults(services);
        faults.Check(registration);
        if (faults._faults.Count > 0)
            throw new OptionsValidationException(registration.OptionsName, typeof(ProgressiveDeliveryOptions), faults._faults);
    }

    /// <summary>Collects what the validators of one options class say.</summary>
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

    /// <summary>Tells of a document in code that no client could use: waiting for it to become better would be in vain.</summary>
    public void CheckDocument(ClientRegistration registration, string verb, string json)
    {
        var (definition, diagnostics) = SnapshotJson.Read(Encoding.UTF8.GetBytes(json), LimitsOf(registration));
        if (definition is null)
            Add(registration, $"{_source}{verb} was given a document that is refused: {diagnostics[^1]}");
    }

    // The defaults where the client's own are wrong, which is told already.
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
        CheckSources(registration);
        if (registration.Sources.Count == 0)
            Add(registration, "it has no source. Give it one: FromHttp, FromEventStream, FromFile, FromSnapshot or From.");
        CheckGenerations(registration);
        if (registration.TrustsKeys)
            CheckSigned(registration);
        CheckPath(registration, registration.BundledFile, nameof(ProgressiveDeliveryBuilder.FallBackToFile), "file");
        CheckPath(registration, registration.LastKnownGoodFolder, nameof(ProgressiveDeliveryBuilder.KeepLastKnownGoodIn), "folder");
    }

    private void CheckGenerations(ClientRegistration registration)
    {
        if (registration.LastKnownGoodFolder is not null && registration.Generations is < 1 or > MostGenerations)
            Add(registration, $"{nameof(ProgressiveDeliveryBuilder.KeepLastKnownGoodIn)} was told to keep {registration.Generations} snapshots. Give 1 to {MostGenerations}.");
    }

    private void CheckSigned(ClientRegistration registration)
    {
        Check<SignatureOptions>(registration);
        foreach (var verb in registration.Sources.Select(source => source.Verb).Where(verb => verb is nameof(ProgressiveDeliveryBuilder.FromSnapshot) or nameof(ProgressiveDeliveryBuilder.FromSnapshotJson)))
            Add(registration, $"{verb} gives rules that nobody signed, and TrustKeys believes only signed ones. Leave one of the two out.");
    }

    // Which of several it is, nothing else tells.
    private void CheckSources(ClientRegistration registration)
    {
        for (var i = 0; i < registration.Sources.Count; i++)
        {
            _source = i == 0 ? "" : FormattableString.Invariant($"source {i + 1} ({registration.Sources[i].Verb}): ");
            registration.Sources[i].Check(this);
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
