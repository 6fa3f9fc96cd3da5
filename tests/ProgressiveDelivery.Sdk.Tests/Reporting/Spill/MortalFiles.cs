using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>A disk that a dead process does not reach.</summary>
internal sealed class MortalFiles(IFileSystem disk, SpillRun run) : IFileSystem
{
    public FileStamp? Look(string path) => Alive().Look(path);

    public ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken) => Alive().ReadAsync(path, maximumBytes, cancellationToken);

    public ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken) => Alive().WriteAsync(path, pieces, cancellationToken);

    public ValueTask<byte[]> ReadAsync(string path, long offset, int maximumBytes, CancellationToken cancellationToken) => Alive().ReadAsync(path, offset, maximumBytes, cancellationToken);

    public ValueTask AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => Alive().AppendAsync(path, bytes, cancellationToken);

    public IDisposable? TryLock(string path) => Alive().TryLock(path);

    public void Replace(string source, string destination) => Alive().Replace(source, destination);

    public void Delete(string path) => Alive().Delete(path);

    public IEnumerable<string> Find(string folder, string pattern) => Alive().Find(folder, pattern);

    private IFileSystem Alive()
    {
        run.ThrowIfDead();
        return disk;
    }
}
