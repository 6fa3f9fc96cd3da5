using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>One source given to a builder.</summary>
/// <param name="Verb">The builder's method, for messages.</param>
/// <param name="Create">Makes the source; without I/O.</param>
internal sealed record SourceRegistration(string Verb, Func<SourceInputs, ISnapshotSource> Create)
{
    /// <summary>The class of its options; null where it has none.</summary>
    public Type? Options { get; init; }

    /// <summary>Finds the errors in the source's options.</summary>
    public Action<OptionsFaults> Check { get; init; } = static _ => { };

    /// <summary>Distinguishes sources that may give different rules under one name; without secrets.</summary>
    public Func<SourceInputs, string> Identity { get; init; } = static _ => "";

    /// <summary>The kind of source in words; null if the source states it.</summary>
    public string? Kind { get; init; }

    /// <summary>Makes the reporter of usage to its backend, without I/O; null, or returning null, if the backend takes no reports.</summary>
    public Func<SourceInputs, IUsageReporter?>? Report { get; init; }

    /// <summary>Makes the source; without I/O.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="client">The client's name, for messages.</param>
    /// <exception cref="InvalidOperationException">The application's own delegate made none.</exception>
    public ISnapshotSource Make(SourceInputs inputs, string client) =>
        Create(inputs) ?? throw new InvalidOperationException($"Feature client '{client}': {Verb} was given null instead of a source. Give one, or leave the line out.");
}

/// <summary>The inputs to make a source from.</summary>
/// <param name="Services">The services that it resolves its dependencies from.</param>
/// <param name="Limits">The limits on the size of a snapshot.</param>
/// <param name="Clock">Measures its pauses.</param>
/// <param name="Keys">The trusted keys; null if signatures are not checked.</param>
/// <param name="UsageInterval">The interval between reports of usage.</param>
internal sealed record SourceInputs(IServiceProvider Services, SnapshotLimits Limits, TimeProvider Clock, TrustedKeys? Keys, TimeSpan UsageInterval)
{
    /// <summary>Our own format, within the limits.</summary>
    public ISnapshotFormat Format { get; } = new NativeSnapshotFormat(Limits);
}
