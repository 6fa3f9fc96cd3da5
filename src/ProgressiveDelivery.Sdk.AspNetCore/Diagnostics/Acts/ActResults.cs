using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>
/// The outcomes of the last acts, at most 100, each under a name that cannot be guessed: an address with a text in it could say anything. In the memory of this process. Safe to use from any thread.
/// </summary>
internal sealed class ActResults
{
    private const int MaxResults = 100;

    private readonly object _turn = new();
    private readonly Queue<ActResult> _results = new();

    /// <summary>Keeps an outcome, and returns its name.</summary>
    public string Add(ControlOutcome outcome, DateTimeOffset at, string? flag)
    {
        var result = new ActResult(WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)), outcome, at, flag);
        lock (_turn)
        {
            _results.Enqueue(result);
            if (_results.Count > MaxResults)
                _results.Dequeue();
        }

        return result.Id;
    }

    /// <summary>Returns an outcome; null if it is not there (any more).</summary>
    public ActResult? Find(string id)
    {
        lock (_turn)
            return _results.FirstOrDefault(result => result.Id == id);
    }
}

/// <summary>The outcome of an act.</summary>
/// <param name="Id">Its name in links.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="At">The time of the act.</param>
/// <param name="Flag">The flag that it was about; null for an act on snapshots.</param>
internal sealed record ActResult(string Id, ControlOutcome Outcome, DateTimeOffset At, string? Flag);
