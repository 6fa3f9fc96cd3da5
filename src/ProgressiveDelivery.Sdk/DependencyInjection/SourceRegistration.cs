using ProgressiveDelivery.Sdk.Definitions;
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
}

/// <summary>What a source is made of.</summary>
/// <param name="Services">Where it finds what it needs.</param>
/// <param name="Format">Our own format, within the client's limits.</param>
/// <param name="Clock">Measures its pauses.</param>
/// <param name="Keys">Who is believed; null: everybody.</param>
internal sealed record SourceInputs(IServiceProvider Services, ISnapshotFormat Format, TimeProvider Clock, TrustedKeys? Keys);
