using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Admits a limited number of checks at once, until it closes.</summary>
/// <param name="max">The number.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no link: there is nothing to release, and checks may still use its token.")]
internal sealed class CheckGate(int max)
{
    private readonly object _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _running;
    private bool _isClosed;

    /// <summary>Canceled when the gate closes.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Completes when the gate is closed and the last check has ended.</summary>
    public Task Empty => _empty.Task;

    /// <summary>Admits a check, if there is room; <see cref="Leave"/> follows it.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_isClosed || _running == max)
                return false;
            _running++;
            return true;
        }
    }

    /// <summary>Ends an admitted check.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            if (_isClosed && _running == 0)
                _empty.TrySetResult();
        }
    }

    /// <summary>Admits no further check, and gives up those that run.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_running == 0)
                _empty.TrySetResult();
        }

        // Only this library's own waits listen to the token: none of their callbacks throws.
        _closing.Cancel();
    }
}
