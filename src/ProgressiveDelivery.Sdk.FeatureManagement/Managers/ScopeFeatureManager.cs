using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Answers from the frozen rules of a scope. Asked again for the same context, it gives the same answer, also of a flag that is random.</summary>
internal sealed class ScopeFeatureManager : ServedFeatureManager, IFeatureManagerSnapshot, IVariantFeatureManagerSnapshot, IDisposable
{
    private readonly ServedClient _served;
    private readonly IServiceProvider _services;
    private readonly IFeatureClient _client;
    private readonly object _gate = new();
    private IFeatureSnapshot? _rules;
    private IFeatureScope? _scope;
    private volatile bool _isOver;

    /// <param name="served">The client and its options.</param>
    /// <param name="services">The services of the scope.</param>
    public ScopeFeatureManager(ServedClient served, IServiceProvider services)
        : base(served, services, new AnswerMemory())
    {
        (_served, _services, _client) = (served, services, served.ClientOf(services));

        // A unit of work that is resolved before this manager ends after it. Without rules, that waits for the first question: the scope would have none to its end.
        if (_client.GetSnapshot().Origin != SnapshotOrigin.None)
            Freeze();
    }

    // The unit of work ends with the scope, and may serve other work then. The rules outlive both.
    protected override (IFeatureEvaluator Evaluator, IFeatureSnapshot Rules) Current
    {
        get
        {
            lock (_gate)
            {
                if (_rules is null)
                    Freeze();
                return (_isOver ? _rules! : _scope ?? (IFeatureEvaluator)_rules!, _rules!);
            }
        }
    }

    public void Dispose() => _isOver = true;

    protected override ValueTask WaitForRulesAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _rules) is null ? _served.WaitForRulesAsync(_client, cancellationToken) : ValueTask.CompletedTask;

    private void Freeze()
    {
        if (_isOver)
        {
            _rules = _client.GetSnapshot();
            return;
        }

        _scope = _served.ScopeOf(_services);
        _rules = _served.SnapshotOf(_services);
    }
}
