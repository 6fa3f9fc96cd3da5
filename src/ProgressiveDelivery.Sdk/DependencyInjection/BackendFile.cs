using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Reads and watches a file in a backend's format.</summary>
/// <typeparam name="TOptions">The options' class.</typeparam>
public sealed class BackendFile<TOptions> : BackendChannel<TOptions>
    where TOptions : FileSourceOptions
{
    internal override void Check(TOptions options, ValidateOptionsResultBuilder errors) => FileSourceValidation.Check(errors, options);

    internal override ISnapshotSource CreateSource(Backend<TOptions> backend, TOptions options, SourceInputs inputs) => new FileSnapshotSource(
        BaseFolder.FullPath(inputs.Services, options.Path), options, backend.Format(options, inputs.Limits), ClientAssembly.FilesOf(inputs.Services), inputs.Limits.MaxBytes, inputs.Clock, inputs.Keys);
}
