namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>
/// Asks each new snapshot for its page before the workers do: the object of a JSON flag is made once a snapshot, and a thread that has
/// allocated nothing at all is the only one whose count of bytes no collection disturbs.
/// </summary>
internal sealed class PageMaker : IDisposable
{
    private readonly IDisposable _subscription;
    private volatile IFeatureSnapshot _ready;
    private long _made;

    public PageMaker(IFeatureClient features)
    {
        _ready = features.GetSnapshot();
        _ready.Get(SoakFlags.Page, EvaluationContext.Empty);
        _subscription = features.OnChange(change => Make(change.Current));
    }

    /// <summary>The newest snapshot whose page has been made.</summary>
    public IFeatureSnapshot Ready => _ready;

    /// <summary>How many were made.</summary>
    public long Made => Volatile.Read(ref _made);

    public void Dispose() => _subscription.Dispose();

    private void Make(IFeatureSnapshot snapshot)
    {
        snapshot.Get(SoakFlags.Page, EvaluationContext.Empty);
        _ready = snapshot;
        Volatile.Write(ref _made, _made + 1);
    }
}
