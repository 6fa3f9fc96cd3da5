using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting.Spill;

/// <summary>A file on a disk in memory.</summary>
internal sealed class PlayedEventFile(PlayedDisk disk, string path, SpillRun run) : IEventFile
{
    private readonly MemoryStream _content = new();

    public long Length => _content.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        run.ThrowIfDead();
        _content.Seek(0, SeekOrigin.End);
        _content.Write(bytes);
        disk.WriteAsync(path, [_content.ToArray()], default).AsTask().GetAwaiter().GetResult();
    }

    public void Truncate(long length)
    {
        run.ThrowIfDead();
        _content.SetLength(length);
        disk.Put(path, _content.ToArray(), disk.Clock);
    }

    public void Dispose() => _content.Dispose();
}
