using System.IO.Compression;
using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Reads files of JSON lines, plain or compressed by gzip, and hands each event to a writer. No line is lost without being counted.</summary>
internal sealed class EventFileReader(EventLineParser parser, EventFaultLog faults)
{
    /// <summary>The length of a line, in bytes, above which it is not read. It bounds the memory.</summary>
    public const int MaxLineLength = 64 << 20;

    private const int LinesBetweenChecks = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The lines so far that are not empty.</summary>
    public long Lines { get; private set; }

    /// <summary>Reads one file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="write">Takes an event. The object is filled anew for the next one.</param>
    /// <param name="progress">Takes the place in the file, in bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public void Read(string path, Action<EventRecord> write, Action<long> progress, CancellationToken cancellationToken)
    {
        // A writer may still append to the file, or rotate it.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var reader = new LineReader(stream, MaxLineLength);
        while (reader.TryRead(out var line))
        {
            if (reader.Number % LinesBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(file.Position);
            }
            if (reader.Number == 1 && line.StartsWith(ByteOrderMark))
                line = line[ByteOrderMark.Length..];
            Take(path, reader, line, write);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Take(string path, LineReader reader, ReadOnlySpan<byte> line, Action<EventRecord> write)
    {
        if (IsBlank(line) && reader.Fault is null)
            return;
        Lines++;
        var verdict = reader.IsTooLong ? LineVerdict.NoObject($"The line is longer than {MaxLineLength >> 20} MiB.") : parser.Parse(line);
        if (verdict.IsEvent)
            write(parser.Current);
        else if (verdict.Rule == EventFaultRule.InvalidLine && !reader.IsEnded)
            faults.Add(path, reader.Number, EventFaultRule.PartialLine, reader.Fault is null ? "The file ends within the line." : $"The file is damaged: {reader.Fault.Message}", line);
        else
            faults.Add(path, reader.Number, verdict.Rule!.Value, verdict.Reason, line);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r\v\f"u8) < 0;
}
