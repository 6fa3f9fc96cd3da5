using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>One source that a builder was told of.</summary>
/// <param name="Verb">The builder's method, for messages.</param>
/// <param name="Create">Makes the source; without I/O.</param>
internal sealed record SourceRegistration(string Verb, Func<SourceInputs, ISnapshotSource> Create)
{
    /// <summary>The class of its options; null where it has none.</summary>
    public Type? Options { get; init; }

    /// <summary>Finds what is wrong with the source's options.</summary>
    public Action<OptionsFaults> Check { get; init; } = static _ => { };

    /// <summary>Tells sources apart that may give different rules, where their names do not; without secrets.</summary>
    public Func<SourceInputs, string> Identity { get; init; } = static _ => "";

    /// <summary>Makes what its backend is told usage by, without I/O; null, or giving null: it does not want to hear of it.</summary>
    public Func<SourceInputs, IUsageReporter?>? Report { get; init; }
}

/// <summary>What a source is made of.</summary>
/// <param name="Services">Where it finds what it needs.</param>
/// <param name="Limits">How large a snapshot may be.</param>
/// <param name="Clock">Measures its pauses.</param>
/// <param name="Keys">Who is believed; null: everybody.</param>
/// <param name="UsageInterval">From one report of usage to the next.</param>
internal sealed record SourceInputs(IServiceProvider Services, SnapshotLimits Limits, TimeProvider Clock, TrustedKeys? Keys, TimeSpan UsageInterval)
{
    /// <summary>Our own format, within the limits.</summary>
    public ISnapshotFormat Format { get; } = new NativeSnapshotFormat(Limits);
}
