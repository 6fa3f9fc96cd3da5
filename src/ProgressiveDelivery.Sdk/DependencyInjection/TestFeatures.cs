using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>
/// The flags of one host in an integration test: those set here serve one variant to every context, and others follow the rules of a loaded document, if any. Registered by <c>UseTestFeatures</c>.
/// What is set before the first use of the client is in force from its begin; after a later change, await <see cref="AppliedAsync"/>. Safe to use from any thread.
/// </summary>
public sealed class TestFeatures
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly ClientRegistration _registration;
    private readonly InMemorySnapshotSource _source = new(new SnapshotDefinition { Version = 1 });
    private Dictionary<string, Func<FlagDefinition?, FlagDefinition>> _set = new(StringComparer.Ordinal);
    private SnapshotDefinition _rules = new() { Version = 1 };
    private long _version = 1;
    private volatile IServiceProvider? _services;

    internal TestFeatures(ClientRegistration registration) => _registration = registration;

    /// <summary>The client that serves the flags.</summary>
    internal string? Client => _registration.Key;

    internal InMemoryEventSink Sink { get; } = new();

    /// <summary>Serves a value of a flag to every context: the variant of the loaded document that has it, or of a flag that is made up if the document has none of this key.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="value">The value: true or false, a string, a number, or <see cref="VariantValue.Json"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="flag"/> is empty, there is no value, or no variant of the flag has it.</exception>
    public TestFeatures Set(string flag, VariantValue value) => Change(flag, known => TestFlag.Serving(known, flag, value));

    /// <summary>Serves a value of a declared flag to every context.</summary>
    /// <typeparam name="T">The flag's type.</typeparam>
    /// <param name="flag">The flag.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">No variant of the flag in the loaded document has the value, or no flag can.</exception>
    public TestFeatures Set<T>(FeatureFlag<T> flag, T value)
    {
        ArgumentNullException.ThrowIfNull(flag);
        flag.ThrowIfUnreadable();
        return Set(flag.Key, flag.Json is { } json ? VariantValue.Json(JsonSerializer.Serialize(value, json)) : value switch
        {
            bool boolean => boolean,
            string text => text,
            int whole => whole,
            long whole => whole,
            double number => number,
            _ => default(VariantValue),
        });
    }

    /// <summary>
    /// Serves a variant of a flag to every context, by its name. If the loaded document has no flag of this key, one is made up: a boolean flag for <c>on</c> and <c>off</c>, and else a string flag whose
    /// value is the name.
    /// </summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <exception cref="ArgumentException">A text is empty, or the flag has no such variant.</exception>
    public TestFeatures SetVariant(string flag, string variant)
    {
        ArgumentException.ThrowIfNullOrEmpty(variant);
        return Change(flag, known => TestFlag.ServingVariant(known, flag, variant));
    }

    /// <summary>Serves a flag by the rules of the loaded document again.</summary>
    /// <param name="flag">The flag's key.</param>
    public TestFeatures Reset(string flag) => Change(flag, null);

    /// <summary>Loads the rules of flags that are not set, such as the file that the application bundles.</summary>
    /// <param name="document">The text of a document in our own format.</param>
    /// <exception cref="ArgumentException">The document has an error, also in one flag alone, or lacks the variant of a flag that is set.</exception>
    public TestFeatures Load(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var (definition, diagnostics) = SnapshotJson.Read(Encoding.UTF8.GetBytes(document));
        if (diagnostics.FirstOrDefault(fault => fault.Severity != DiagnosticSeverity.Warning) is { } error)
            throw new ArgumentException($"The document has an error: {error}", nameof(document));
        return Load(definition!);
    }

    /// <summary>Loads the rules of flags that are not set.</summary>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ArgumentException">The rules lack the variant of a flag that is set.</exception>
    public TestFeatures Load(SnapshotDefinition rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        lock (_gate)
            Publish(rules, _set);
        return this;
    }

    /// <summary>Waits until the client of the running host serves all that was set and loaded before the call. Completes at once if the client was not used yet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The client did not accept it within 30 seconds; the message has the cause.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task AppliedAsync(CancellationToken cancellationToken = default)
    {
        if (_services is not { } services)
            return;
        long version;
        lock (_gate)
            version = _version;
        var client = _registration.Resolve(services);
        var applied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = client.OnChange(change =>
        {
            if (change.CurrentVersion >= version)
                applied.TrySetResult();
        });
        try
        {
            await applied.Task.WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Feature client '{_registration.Label}' serves version {client.GetSnapshot().Version}, and not the flags of the test, after {Limit}. {client.Status.Cause?.Message}", late);
        }
    }

    /// <summary>Returns the exposures and outcomes that the client recorded so far, in order. None of them left the process.</summary>
    public async Task<IReadOnlyList<FeatureEvent>> GetEventsAsync()
    {
        if (_services is { } services && _registration.Resolve(services) is FeatureClient client)
            await client.FlushAsync().ConfigureAwait(false);
        return Sink.Events;
    }

    /// <summary>Begins to serve a host.</summary>
    internal InMemorySnapshotSource Begin(IServiceProvider services)
    {
        _services = services;
        return _source;
    }

    private TestFeatures Change(string flag, Func<FlagDefinition?, FlagDefinition>? change)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        lock (_gate)
        {
            var set = new Dictionary<string, Func<FlagDefinition?, FlagDefinition>>(_set, StringComparer.Ordinal);
            if (change is null)
                set.Remove(flag);
            else
                set[flag] = change;
            Publish(_rules, set);
        }

        return this;
    }

    // Nothing is changed if it does not fit.
    private void Publish(SnapshotDefinition rules, Dictionary<string, Func<FlagDefinition?, FlagDefinition>> set)
    {
        var known = rules.Flags.DistinctBy(flag => flag.Key, StringComparer.Ordinal).ToDictionary(flag => flag.Key, StringComparer.Ordinal);
        FlagDefinition[] flags = [.. rules.Flags.Where(flag => !set.ContainsKey(flag.Key)), .. set.Select(one => one.Value(known.GetValueOrDefault(one.Key)))];
        _version = Math.Max(_version + 1, rules.Version);
        (_rules, _set) = (rules, set);

        // The assertions of the document are about its own rules.
        _source.Set(rules with { Version = _version, Flags = flags, ExpiresAt = null, Assertions = set.Count == 0 ? rules.Assertions : [] });
    }
}
