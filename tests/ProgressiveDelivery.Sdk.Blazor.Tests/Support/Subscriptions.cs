using System.Reflection;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Support;

/// <summary>A client that counts the subscriptions to its changes that are not disposed.</summary>
public class Subscriptions : DispatchProxy
{
    private IFeatureClient _client = null!;
    private int _begun;
    private int _ended;

    public int Begun => Volatile.Read(ref _begun);

    public int Live => Begun - Volatile.Read(ref _ended);

    public static Subscriptions Make() => (Subscriptions)(object)Create<IFeatureClient, Subscriptions>();

    public IFeatureClient Of(IFeatureClient client)
    {
        _client = client;
        return (IFeatureClient)(object)this;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_client, args);
        if (targetMethod.Name != nameof(IFeatureClient.OnChange))
            return result;
        Interlocked.Increment(ref _begun);
        return new Subscription((IDisposable)result!, () => Interlocked.Increment(ref _ended));
    }

    private sealed class Subscription(IDisposable inner, Action onDispose) : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            onDispose();
        }
    }
}
