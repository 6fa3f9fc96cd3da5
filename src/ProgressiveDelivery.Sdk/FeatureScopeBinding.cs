namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Binds a scope of dependency injection to a unit of work, such as a request, a message or a circuit, and to its context: for hosts that begin one. The client that code of
/// the scope injects then answers from one frozen ruleset, and knows the context. Resolve it from the scope; <c>BindScopes</c> of the builder registers it.
/// </summary>
/// <remarks>
/// Until <see cref="Begin"/>, and after <see cref="End"/>, the scope's client answers from the rules in force, and questions without a context are anonymous: code
/// that outlives the work neither fails nor sees another one's context. Safe to use from any thread.
/// </remarks>
public abstract class FeatureScopeBinding
{
    private protected FeatureScopeBinding()
    {
    }

    /// <summary>The client as code of the scope sees it.</summary>
    public abstract IFeatureClient Client { get; }

    /// <summary>The unit of work in progress; null before <see cref="Begin"/> and after <see cref="End"/>, and for a scope that follows the rules.</summary>
    public abstract IFeatureScope? Scope { get; }

    /// <summary>Reads the context of the scope; null if it has none, or is over.</summary>
    public abstract ContextReader? Reader { get; }

    /// <summary>Begins the unit of work: freezes the rules in force, and gives questions without a context that of the reader.</summary>
    /// <param name="reader">Reads the context; null for anonymous work.</param>
    /// <returns>The unit of work. It ends with <see cref="End"/>.</returns>
    public abstract IFeatureScope Begin(ContextReader? reader);

    /// <summary>
    /// Gives questions without a context that of a reader, and follows the rules in force: for work that lasts, such as a circuit or an event stream. A unit of work that has begun ends, and its
    /// rules are not held in memory any longer.
    /// </summary>
    /// <param name="reader">Reads the context; null for anonymous work.</param>
    public abstract void Follow(ContextReader? reader);

    /// <summary>Ends the unit of work. Further calls do nothing.</summary>
    public abstract void End();
}
