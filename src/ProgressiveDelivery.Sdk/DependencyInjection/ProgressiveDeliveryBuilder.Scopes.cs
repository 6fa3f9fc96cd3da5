namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <content>Units of work in scopes of dependency injection.</content>
public sealed partial class ProgressiveDeliveryBuilder
{
    /// <summary>
    /// Lets a host bind scopes of dependency injection to units of work, by <see cref="FeatureScopeBinding"/>: code that injects <see cref="IFeatureClient"/> in such a scope gets one frozen
    /// ruleset and the scope's context. Singletons, and code in other scopes, get the rules in force. A package for a host calls it; a second call does nothing.
    /// </summary>
    public ProgressiveDeliveryBuilder BindScopes()
    {
        _registration.BindsScopes = true;
        return this;
    }
}
