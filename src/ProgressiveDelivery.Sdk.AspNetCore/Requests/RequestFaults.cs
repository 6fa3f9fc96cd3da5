using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>Logs faults of contexts, each part's once. Safe to use from any thread.</summary>
/// <param name="logger">Takes the lines.</param>
/// <param name="client">The client's name for people.</param>
/// <param name="options">The bounds.</param>
internal sealed class RequestFaults(ILogger logger, string client, RequestOptions options)
{
    private const int MaxLogged = 1000;

    private readonly ConcurrentDictionary<(int Fault, string Part), bool> _logged = new();
    private int _failedToProtect;

    /// <summary>Reports a delegate that threw.</summary>
    public void Failed(string part, Exception exception)
    {
        if (IsFirst(0, part))
            logger.ContributorFailed(exception, client, part);
    }

    /// <summary>Reports a value out of bounds.</summary>
    public void TooLong(string part)
    {
        if (IsFirst(1, part))
            logger.ValueTooLong(client, part, options.MaxValueLength, options.MaxValues);
    }

    /// <summary>Reports that the cookie cannot be protected.</summary>
    public void CannotProtect(Exception exception)
    {
        if (Interlocked.Exchange(ref _failedToProtect, 1) == 0)
            logger.AnonymousIdFailed(exception, client);
    }

    /// <summary>Notes a cookie that is not ours.</summary>
    public void Ignored() => logger.AnonymousIdIgnored(client);

    private bool IsFirst(int fault, string part) => _logged.Count < MaxLogged && _logged.TryAdd((fault, part), true);
}
