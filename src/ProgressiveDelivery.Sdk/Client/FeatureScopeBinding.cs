using ProgressiveDelivery.Sdk.Client;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Binds a scope of dependency injection to a unit of work, such as a request, a message or a circuit, and to its context: for hosts that begin one. The client that code of
/// the scope injects then answers from one frozen ruleset, and knows the context. Resolve it from the scope; <c>BindScopes</c> of the builder registers it.
/// </summary>
/// <remarks>
/// Until <see cref="Begin"/>, and after <see cref="End"/>, the scope's client answers from the rules in force, and questions without a context are anonymous: code
/// that outlives the work neither fails nor sees another one's context. Safe to use from any thread.
/// </remarks>
public sealed class FeatureScopeBinding
{
    private readonly FeatureClient _client;
    private FeatureScope? _scope;
    private FeatureScope? _current;
    private ContextReader? _reader;

    internal FeatureScopeBinding(FeatureClient client)
    {
        _client = client;
        Client = new ScopedFeatureClient(client, this);
    }

    /// <summary>The client as code of the scope sees it.</summary>
    public IFeatureClient Client { get; }

    /// <summary>The unit of work in progress; null before <see cref="Begin"/> and after <see cref="End"/>, and for a scope that follows the rules.</summary>
    public IFeatureScope? Scope => Current;

    /// <summary>Reads the context of the scope; null if it has none, or is over.</summary>
    public ContextReader? Reader => Volatile.Read(ref _reader);

    /// <summary>Begins the unit of work: freezes the rules in force, and gives questions without a context that of the reader.</summary>
    /// <param name="reader">Reads the context; null for anonymous work.</param>
    /// <returns>The unit of work. It ends with <see cref="End"/>.</returns>
    public IFeatureScope Begin(ContextReader? reader)
    {
        Volatile.Write(ref _reader, reader);
        var scope = Owned;
        scope.Reader = reader;
        Volatile.Write(ref _current, scope);
        return scope;
    }

    /// <summary>Gives questions without a context that of a reader, and follows the rules in force: for work that lasts, such as a circuit.</summary>
    /// <param name="reader">Reads the context; null for anonymous work.</param>
    public void Follow(ContextReader? reader) => Volatile.Write(ref _reader, reader);

    /// <summary>Ends the unit of work. Further calls do nothing.</summary>
    public void End()
    {
        Volatile.Write(ref _current, null);
        Volatile.Write(ref _reader, null);
        if (Volatile.Read(ref _scope) is { } scope)
            scope.Reader = null;
    }

    /// <summary>The unit of work in progress.</summary>
    internal FeatureScope? Current => Volatile.Read(ref _current);

    /// <summary>The frozen rules of the scope, from the first access on.</summary>
    internal FeatureScope Owned
    {
        get
        {
            if (Volatile.Read(ref _scope) is { } scope)
                return scope;
            var made = _client.BeginOnce();
            return Interlocked.CompareExchange(ref _scope, made, null) ?? made;
        }
    }
}
