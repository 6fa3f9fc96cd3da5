using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A disk in memory that hangs as a real one does, with the thread that called it, and fails as it is told to.</summary>
internal sealed class PlayedDisk : IFileSystem, IDisposable
{
    private readonly ManualResetEventSlim _isWell = new(initialState: true);
    private readonly ConcurrentDictionary<string, (byte[] Content, DateTimeOffset LastWrite)> _files = new();
    private volatile TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<string, string, bool> _hangs = (_, _) => false;
    private int _waiting;

    /// <summary>What an operation (<c>Look</c>, <c>Read</c>, <c>Write</c>, <c>Append</c>, <c>Lock</c>, <c>Flush</c>, <c>Replace</c>, <c>Delete</c>, <c>Find</c>) on a path throws; null: nothing.</summary>
    public Func<string, string, Exception?> Fault { get; set; } = (_, _) => null;

    /// <summary>Everything that was asked of it: the operation, and the file's extension.</summary>
    public ConcurrentQueue<string> Operations { get; } = new();

    /// <summary>The time that files are written at.</summary>
    public DateTimeOffset Clock { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The threads that it has been called on.</summary>
    public ConcurrentBag<Thread> Threads { get; } = [];

    public IEnumerable<string> Files => _files.Keys;

    /// <summary>How often a file with an extension was put in place.</summary>
    public int Writes(string extension) => Operations.Count(operation => operation == "Replace " + extension);

    /// <summary>Hangs from now on; everything, or what is said.</summary>
    public void Freeze(Func<string, string, bool>? hangs = null)
    {
        _hangs = hangs ?? ((_, _) => true);
        _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isWell.Reset();
    }

    public void Thaw() => _isWell.Set();

    /// <summary>Completes when an operation hangs.</summary>
    public Task HangsAsync() => _hanging.Task.WaitAsync(Refresh.Until.Patience);

    /// <summary>How many threads wait for it.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What the file with an extension holds; null: there is none.</summary>
    public StoredSnapshot? Stored(string extension) =>
        _files.Keys.Where(path => path.EndsWith(extension, StringComparison.Ordinal)).Max(StringComparer.Ordinal) is { } path && StoredSnapshot.Open(_files[path].Content, out var stored) == FallbackOutcome.Found ? stored : null;

    public void Put(string path, byte[] content, DateTimeOffset at) => _files[path] = (content, at);

    public FileStamp? Look(string path)
    {
        Pass(nameof(Look), path);
        return _files.TryGetValue(path, out var file) ? new(path, file.Content.Length, file.LastWrite) : null;
    }

    public ValueTask<byte[]> ReadAsync(string path, int maximumBytes, CancellationToken cancellationToken)
    {
        Pass("Read", path);
        return _files.TryGetValue(path, out var file) ? new([.. file.Content.Take(maximumBytes)]) : throw new FileNotFoundException(null, path);
    }

    public ValueTask WriteAsync(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        Pass("Write", path);
        _files[path] = ([.. pieces.SelectMany(piece => piece.ToArray())], Clock);
        Pass("Flush", path);
        return default;
    }

    public ValueTask<byte[]> ReadAsync(string path, long offset, int maximumBytes, CancellationToken cancellationToken)
    {
        Pass("Read", path);
        return _files.TryGetValue(path, out var file) ? new([.. file.Content.Skip((int)offset).Take(maximumBytes)]) : throw new FileNotFoundException(null, path);
    }

    /// <summary>How many bytes of an append are there when it fails.</summary>
    public int Torn { get; set; }

    public ValueTask AppendAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            Pass("Append", path);
        }
        catch (IOException)
        {
            _files[path] = ([.. _files[path].Content, .. bytes.ToArray().Take(Torn)], Clock);
            throw;
        }

        _files[path] = ([.. _files[path].Content, .. bytes.ToArray()], Clock);
        return default;
    }

    /// <summary>The locks that somebody holds.</summary>
    public ConcurrentDictionary<string, bool> Locked { get; } = new();

    public IDisposable? TryLock(string path)
    {
        Pass("Lock", path);
        return Locked.TryAdd(path, true) ? new Taken(() => Locked.TryRemove(path, out _)) : null;
    }

    /// <summary>What a file holds.</summary>
    public string Text(string path) => System.Text.Encoding.UTF8.GetString(_files[path].Content);

    public void Replace(string source, string destination)
    {
        Pass(nameof(Replace), destination);
        _files.TryRemove(source, out var file);
        _files[destination] = file;
    }

    public void Delete(string path)
    {
        Pass(nameof(Delete), path);
        _files.TryRemove(path, out _);
    }

    public IEnumerable<string> Find(string folder, string pattern)
    {
        Pass(nameof(Find), pattern);
        var (start, end) = (Path.Combine(folder, pattern[..pattern.IndexOf('*', StringComparison.Ordinal)]), pattern[(pattern.IndexOf('*', StringComparison.Ordinal) + 1)..]);
        return [.. _files.Keys.Where(file => file.StartsWith(start, StringComparison.Ordinal) && file.EndsWith(end, StringComparison.Ordinal))];
    }

    public void Dispose() => Thaw();

    private sealed class Taken(Action release) : IDisposable
    {
        public void Dispose() => release();
    }

    private void Pass(string operation, string path)
    {
        Threads.Add(Thread.CurrentThread);
        if (!_isWell.IsSet && _hangs(operation, path))
            Hang();
        Operations.Enqueue($"{operation} {Path.GetExtension(path)}");
        if (Fault(operation, path) is { } fault)
            throw fault;
    }

    private void Hang()
    {
        Interlocked.Increment(ref _waiting);
        _hanging.TrySetResult();
        _isWell.Wait();
        Interlocked.Decrement(ref _waiting);
    }
}
