namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Answers from the rules in force, and in a unit of work from those of the work.</summary>
/// <param name="served">The client and its options.</param>
/// <param name="services">The services of the manager.</param>
internal sealed class ClientFeatureManager(ServedClient served, IServiceProvider services) : ServedFeatureManager(served, services, memory: null)
{
    private readonly ServedClient _served = served;
    private readonly IFeatureClient _client = served.ClientOf(services);
    private readonly FeatureScopeBinding? _binding = served.BindingOf(services);

    protected override (IFeatureEvaluator Evaluator, IFeatureSnapshot Rules) Current
    {
        get
        {
            var scope = _binding?.Scope;
            var rules = _client.GetSnapshot();
            return (scope ?? (IFeatureEvaluator)rules, rules);
        }
    }

    protected override ValueTask WaitForRulesAsync(CancellationToken cancellationToken) => _served.WaitForRulesAsync(_client, cancellationToken);
}
