using System.Text;
using System.Threading.Channels;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A source as an application may write one: each read does what the test has it do, and waits where there is nothing.</summary>
internal sealed class PlayedSource : ISnapshotSource
{
    private readonly Channel<Func<CancellationToken, ValueTask<SnapshotReading>>> _script = Channel.CreateUnbounded<Func<CancellationToken, ValueTask<SnapshotReading>>>();
    private int _reads;
    private int _readers;
    private int _mostReaders;

    public string Name { get; init; } = "played";

    public ISnapshotFormat Format { get; } = SnapshotJson.Format();

    /// <summary>How many reads have begun.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How many reads were ever under way at once.</summary>
    public int MaxReaders => Volatile.Read(ref _mostReaders);

    /// <summary>What happens at the begin of each read.</summary>
    public Action Reading { get; set; } = () => { };

    public Action Acknowledging { get; set; } = () => { };

    public Func<CancellationToken, ValueTask> Waiting { get; set; } = _ => ValueTask.CompletedTask;

    public PlayedSource Then(string document) => Then(_ => new(SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document))));

    public PlayedSource Then(Exception fault) => Then(_ => ValueTask.FromException<SnapshotReading>(fault));

    public PlayedSource Then(Func<CancellationToken, ValueTask<SnapshotReading>> read)
    {
        _script.Writer.TryWrite(read);
        return this;
    }

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        _mostReaders = Math.Max(_mostReaders, Interlocked.Increment(ref _readers));
        try
        {
            Reading();
            var read = await _script.Reader.ReadAsync(cancellationToken);
            return await read(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    public void Acknowledge(SnapshotReading reading) => Acknowledging();

    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => Waiting(cancellationToken);
}
