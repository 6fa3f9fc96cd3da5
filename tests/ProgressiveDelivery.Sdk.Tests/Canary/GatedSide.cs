using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A store that answers each call when the test says so.</summary>
internal sealed class GatedSide
{
    private readonly Channel<GatedCall> _calls = Channel.CreateUnbounded<GatedCall>();
    private readonly Dictionary<int, string> _values = [];
    private readonly List<(int Key, string Value)> _accepted = [];

    /// <summary>All writes that were accepted, in order.</summary>
    public IReadOnlyList<(int Key, string Value)> Accepted
    {
        get
        {
            lock (_accepted)
                return [.. _accepted];
        }
    }

    /// <summary>The number of calls that no test has taken yet.</summary>
    public int Waiting => _calls.Reader.Count;

    public ValueTask<string> ReadAsync(int key, CancellationToken cancellationToken) => new(Receive(new(this, key, value: null, cancellationToken)));

    public ValueTask WriteAsync(int key, string value, CancellationToken cancellationToken) => new(Receive(new(this, key, value, cancellationToken)));

    /// <summary>The next call, in the order of arrival.</summary>
    public Task<GatedCall> NextAsync() => _calls.Reader.ReadAsync().AsTask().WaitAsync(Until.Patience);

    public bool TryNext(out GatedCall? call) => _calls.Reader.TryRead(out call);

    public string ValueOf(int key)
    {
        lock (_accepted)
            return _values.GetValueOrDefault(key, "");
    }

    public void Accept(int key, string value)
    {
        lock (_accepted)
        {
            _values[key] = value;
            _accepted.Add((key, value));
        }
    }

    private Task<string> Receive(GatedCall call)
    {
        _calls.Writer.TryWrite(call);
        return call.Answer;
    }
}
