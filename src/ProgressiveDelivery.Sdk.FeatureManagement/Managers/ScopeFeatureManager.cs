using Microsoft.FeatureManagement;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Answers from the frozen rules of a scope. Asked again for the same context, it gives the same answer, also of a flag that is random.</summary>
/// <param name="served">The client and its options.</param>
/// <param name="services">The services of the scope.</param>
internal sealed class ScopeFeatureManager(ServedClient served, IServiceProvider services)
    : ServedFeatureManager(served, services, new AnswerMemory()), IFeatureManagerSnapshot, IVariantFeatureManagerSnapshot, IDisposable
{
    private readonly ServedClient _served = served;
    private readonly IServiceProvider _services = services;
    private readonly IFeatureClient _client = served.ClientOf(services);
    private readonly object _gate = new();
    private IFeatureSnapshot? _rules;
    private IFeatureScope? _scope;
    private volatile bool _isOver;

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

    // Not before the first question, since a snapshot of a time before the first rules would hold for the whole scope.
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
