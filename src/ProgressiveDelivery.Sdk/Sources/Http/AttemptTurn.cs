using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// The attempts of one turn, however often and whenever strategies make them. An attempt after the turn's end is rejected; unused
/// results are disposed.
/// </summary>
internal sealed class AttemptTurn<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken ending)
    where T : class
{
    private readonly object _gate = new();
    private readonly List<T> _made = [];
    private bool _isOver;

    public async ValueTask<T> AttemptAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            if (_isOver) throw TooLate();

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending);
        var made = await attempt(either.Token).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_isOver)
            {
                _made.Add(made);
                return made;
            }
        }

        (made as IDisposable)?.Dispose();
        throw TooLate();
    }

    /// <summary>Returns whether the outcome is from an attempt of this turn.</summary>
    public bool IsOwn([NotNullWhen(true)] T? outcome)
    {
        lock (_gate)
            return outcome is not null && _made.Contains(outcome);
    }

    /// <summary>Ends the turn. Only its outcome is kept.</summary>
    public void End(T? outcome)
    {
        lock (_gate)
            _isOver = true;
        foreach (var made in _made)
            if (made != outcome) (made as IDisposable)?.Dispose();
    }

    private static InvalidOperationException TooLate() => new("The turn is over that this attempt belongs to.");
}
