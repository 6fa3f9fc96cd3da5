using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Reads a backend by a source of its package's own.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
public sealed class BackendSource<TOptions> : BackendChannel<TOptions>
    where TOptions : class
{
    /// <summary>Makes the source. Required.</summary>
    public required Func<TOptions, ISnapshotFormat, SourceServices, ISnapshotSource> Create { get; init; }

    /// <summary>Returns a text that distinguishes sources of one name that may give different rules, such as a selector; null, the default, if the name suffices. It holds no secrets: its hash becomes part of a file's name.</summary>
    public Func<TOptions, string>? Identity { get; init; }

    /// <summary>The kind of source in words, for people: <c>gRPC stream</c>, <c>configuration</c>. Null, the default, for <c>stream</c> or <c>source of the application</c>.</summary>
    public string? Kind { get; init; }

    internal override string? KindOfSource => Kind;

    internal override string IdentityOf(Backend<TOptions> backend, TOptions options) => Identity is null ? "" : IdentityHash.Of(Identity(options));

    internal override ISnapshotSource CreateSource(Backend<TOptions> backend, TOptions options, SourceInputs inputs) => Create(options, backend.Format(options, inputs.Limits), new(inputs));
}
