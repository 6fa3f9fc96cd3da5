namespace Canary;

/// <summary>The old and the new checkout. The first release of the new one has a bug that shows after a while: every second call fails.</summary>
/// <param name="isMended">True for the release without the bug.</param>
internal sealed class Checkout(bool isMended)
{
    private volatile bool _fails;
    private int _calls;

    public void BeginToFail() => _fails = !isMended;

    public static ValueTask<string> OldAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new("old");
    }

    public ValueTask<string> NewAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _fails && Interlocked.Increment(ref _calls) % 2 == 0 ? throw new CheckoutException() : new("new");
    }
}

/// <summary>The new checkout lost an order.</summary>
internal sealed class CheckoutException() : Exception("The new checkout lost the order.");
