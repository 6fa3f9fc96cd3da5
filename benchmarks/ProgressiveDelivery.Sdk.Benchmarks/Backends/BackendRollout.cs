using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Benchmarks.Backends;

/// <summary>A backend's percentage rollout, asked of a client as an application registers it, and the loading of its documents.</summary>
internal sealed class BackendRollout
{
    private const int Flags = 1_000;
    private const double ShareTolerance = 0.05;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IBackendWorkload _backend;
    private readonly IFeatureClient _features;
    private readonly EvaluationContext[] _contexts;
    private readonly byte[] _document;
    private readonly DocumentAcceptance _acceptance = new();

    public BackendRollout(IBackendWorkload backend)
    {
        _backend = backend;
        _document = backend.Document(Flags);
        _contexts = [.. Enumerable.Range(0, Callers.Count).Select(backend.Context)];
        var source = new InMemorySnapshotSource(Encoding.UTF8.GetString(_document), backend.Format);
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(flags => flags.From(_ => source));
        _features = services.BuildServiceProvider().GetRequiredService<IFeatureClient>();
        _features.WaitUntilReadyAsync(Patience).GetAwaiter().GetResult();
    }

    public static IEnumerable<IBackendWorkload> All() => typeof(BackendRollout).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IBackendWorkload)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (IBackendWorkload)Activator.CreateInstance(type)!);

    /// <summary>Asks every caller.</summary>
    public int Ask()
    {
        var inside = 0;
        foreach (var context in _contexts)
            inside += _backend.Ask(_features, context);
        return inside;
    }

    /// <summary>Reads, compiles and checks a document of 1,000 flags.</summary>
    public int Load() => _acceptance.Accepts(_document, _backend.Format) ? 1 : 0;

    /// <exception cref="InvalidOperationException">The document is refused, or another share of callers is in the rollout.</exception>
    public void Check()
    {
        var share = Ask() / (double)_contexts.Length;
        if (Math.Abs(share - _backend.Share) > ShareTolerance)
            throw new InvalidOperationException($"{_backend.Vendor}: {share:P1} of the callers are in the rollout, and {_backend.Share:P0} should be. Status: {_features.Status}");
        if (_acceptance.Quarantined(_document, _backend.Format) is not 0 and var quarantined)
            throw new InvalidOperationException($"{_backend.Vendor}: {quarantined} flags are quarantined. Make the document sound.");
    }
}
