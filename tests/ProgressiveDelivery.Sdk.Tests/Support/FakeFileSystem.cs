using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A disk in memory that can be told to fail, and to have others interfere.</summary>
internal sealed class FakeFileSystem : IFileSystem
{
    private DateTimeOffset _clock = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Dictionary<string, (byte[] Content, DateTimeOffset LastWrite)> Files { get; } = [];

    /// <summary>What the disk says of files besides length and time; nothing by default.</summary>
    public Dictionary<string, FileIdentity> Identities { get; } = [];

    /// <summary>What happens before an operation (<c>Look</c>, <c>Read</c>, <c>Write</c>, <c>Replace</c>, <c>Delete</c>, <c>Find</c>).</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>What happens after the bytes were read.</summary>
    public Action AfterRead { get; set; } = () => { };

    public void Put(string path, byte[] content)
    {
        _clock += TimeSpan.FromSeconds(1);
        Files[path] = (content, _clock);
    }

    public FileStamp? Look(string path)
    {
        Before(nameof(Look));
        return Files.TryGetValue(path, out var file) ? new(path, file.Content.Length, file.LastWrite) : null;
    }

    public FileIdentity? Identify(string path) => Identities.TryGetValue(path, out var identity) ? identity : null;

    public ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        Before("Read");
        if (!Files.TryGetValue(path, out var file)) throw new FileNotFoundException(null, path);
        var content = file.Content.Take(maximumBytes).ToArray();
        AfterRead();
        return new(content);
    }

    public ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        Put(path, pieces[0].ToArray());
        Before("Write");
        Put(path, [.. pieces.SelectMany(piece => piece.ToArray())]);
        return default;
    }

    public ValueTask<byte[]> ReadAsync(string path, long offset, int maximumBytes, CancellationToken cancellationToken)
    {
        Before("Read");
        return Files.TryGetValue(path, out var file) ? new([.. file.Content.Skip((int)offset).Take(maximumBytes)]) : throw new FileNotFoundException(null, path);
    }

    public ValueTask AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Before("Append");
        Put(path, [.. Files[path].Content, .. bytes.ToArray()]);
        return default;
    }

    public IDisposable? TryLock(string path) => new MemoryStream();

    public void Replace(string source, string destination)
    {
        Before(nameof(Replace));
        Files.Remove(source, out var file);
        Files[destination] = file;
    }

    public void Delete(string path)
    {
        Before(nameof(Delete));
        Files.Remove(path);
    }

    public IEnumerable<string> Find(string folder, string pattern)
    {
        Before(nameof(Find));
        var (start, end) = (Path.Combine(folder, pattern[..pattern.IndexOf('*', StringComparison.Ordinal)]), pattern[(pattern.IndexOf('*', StringComparison.Ordinal) + 1)..]);
        return [.. Files.Keys.Where(f => f.StartsWith(start, StringComparison.Ordinal) && f.EndsWith(end, StringComparison.Ordinal))];
    }
}
