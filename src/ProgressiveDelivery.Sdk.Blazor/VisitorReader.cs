namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>Reads the context of a visitor: the user's claims, and the attributes of the application.</summary>
/// <param name="options">The options.</param>
/// <param name="services">The circuit's services.</param>
internal sealed class VisitorReader(BlazorFeatureOptions options, IServiceProvider services) : ContextReader
{
    private volatile EvaluationContext _user = EvaluationContext.Empty;
    private volatile string? _anonymousKey;

    /// <summary>The key of a visitor whose user has none; null if there is none.</summary>
    public string? AnonymousKey
    {
        get => _anonymousKey;
        set
        {
            _anonymousKey = value;
            Forget();
        }
    }

    /// <summary>Takes another user's claims, and forgets what was read for the one before.</summary>
    public void Take(EvaluationContext user)
    {
        _user = user;
        Forget();
    }

    /// <summary>Forgets what was read.</summary>
    public void StartOver() => Forget();

    protected override IEnumerable<string> AttributeNames => _user.Attributes.Select(attribute => attribute.Name).Union(options.Attributes.Keys, StringComparer.Ordinal);

    protected override string? ReadKey() => _user.TargetingKey ?? _anonymousKey;

    protected override AttributeValue ReadAttribute(string name) => options.Attributes.TryGetValue(name, out var read) ? read(services) : _user[name];
}
