using System.Text.Json;
using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>What one read of the scripted source does.</summary>
internal delegate ValueTask<SnapshotReading> Turn(CancellationToken cancellationToken);

/// <summary>Each read plays the next turn of a script, and waits for one where there is none.</summary>
internal sealed class ScriptedSource(string name = "script") : ISnapshotSource
{
    private readonly Channel<Turn> _script = Channel.CreateUnbounded<Turn>();
    private readonly Channel<int> _reads = Channel.CreateUnbounded<int>();
    private bool _hasBegun;
    private int _count;

    public string Name => name;

    public ISnapshotFormat Format { get; } = SnapshotJson.Format();

    public List<SnapshotReading> Acknowledged { get; } = [];

    /// <summary>What waiting for a change does; nothing by default.</summary>
    public Func<CancellationToken, ValueTask> Waiting { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>What an acknowledgement does besides being remembered.</summary>
    public Action Acknowledging { get; set; } = () => { };

    /// <summary>How often it was read.</summary>
    public int Reads => Volatile.Read(ref _count);

    public static Turn Document(string document, string? tag = null) =>
        _ => new(SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(document), tag));

    public static Turn Patch(string patch) => _ => new(SnapshotReading.OfPatch(System.Text.Encoding.UTF8.GetBytes(patch)));

    public static Turn Kill(long version, string flag, string variant) =>
        _ => new(SnapshotReading.OfKill(JsonSerializer.SerializeToUtf8Bytes(new { version, flag, variant })));

    public static Turn Current() => _ => new(SnapshotReading.Current);

    public static Turn Throw(Exception exception) => _ => ValueTask.FromException<SnapshotReading>(exception);

    /// <summary>Adds to the script, and does not wait.</summary>
    public ScriptedSource Then(Turn turn)
    {
        _script.Writer.TryWrite(turn);
        return this;
    }

    /// <summary>Completes when the loop has come to the next read.</summary>
    public async Task NextReadAsync() => await _reads.Reader.ReadAsync().AsTask().WaitAsync(Until.Patience);

    /// <summary>Plays a turn; completes when the loop has dealt with it and reads again.</summary>
    public async Task PlayAsync(Turn turn)
    {
        if (!_hasBegun)
            await NextReadAsync();
        _hasBegun = true;
        Then(turn);
        await NextReadAsync();
    }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        _reads.Writer.TryWrite(Interlocked.Increment(ref _count));
        var turn = await _script.Reader.ReadAsync(cancellationToken);
        return await turn(cancellationToken);
    }

    public void Acknowledge(SnapshotReading reading)
    {
        Acknowledged.Add(reading);
        Acknowledging();
    }

    /// <summary>How often it was told that what is in force came from elsewhere.</summary>
    public int StartsOver { get; set; }

    /// <summary>Whether the client closed it.</summary>
    public bool IsClosed { get; set; }

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => Waiting(cancellationToken);
}
