namespace ProgressiveDelivery.Sdk.Client;

/// <summary>Binds a scope to a unit of work on the rules of a client.</summary>
/// <param name="client">The client of the process.</param>
internal sealed class ScopeBinding(FeatureClient client) : FeatureScopeBinding
{
    private ScopedFeatureClient? _client;
    private FeatureScope? _scope;
    private FeatureScope? _current;
    private ContextReader? _reader;

    public override IFeatureClient Client => _client ??= new(client, this);     // of two that are made at once, each works

    public override IFeatureScope? Scope => Current;

    public override ContextReader? Reader => Volatile.Read(ref _reader);

    /// <summary>The unit of work in progress.</summary>
    public FeatureScope? Current => Volatile.Read(ref _current);

    /// <summary>The frozen rules of the scope, from the first access on.</summary>
    public FeatureScope Owned
    {
        get
        {
            if (Volatile.Read(ref _scope) is { } scope)
                return scope;
            var made = client.BeginOnce();
            return Interlocked.CompareExchange(ref _scope, made, null) ?? made;
        }
    }

    /// <summary>Binds a scope to a unit of work on the rules of a client.</summary>
    public static FeatureScopeBinding Of(FeatureClient client) => new ScopeBinding(client);

    public override IFeatureScope Begin(ContextReader? reader)
    {
        Volatile.Write(ref _reader, reader);
        var scope = Owned;
        scope.Reader = reader;
        Volatile.Write(ref _current, scope);
        return scope;
    }

    public override void Follow(ContextReader? reader) => Volatile.Write(ref _reader, reader);

    public override void End()
    {
        Volatile.Write(ref _current, null);
        Volatile.Write(ref _reader, null);
        if (Volatile.Read(ref _scope) is { } scope)
            scope.Reader = null;
    }
}
