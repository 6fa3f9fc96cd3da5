using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>
/// The compiled expressions of one client, by text and options. Only rules keep them alive, so an expression ends with the last snapshot that uses
/// it. Safe from any thread.
/// </summary>
internal sealed class PatternCache
{
    /// <summary>The limit on the size of all expressions that are alive, in bytes.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int MinPruned = 256;

    private readonly Dictionary<Key, Entry> _entries = [];
    private readonly object _gate = new();
    private readonly long _maxBytes;
    private long _bytes;
    private int _pruneAt = MinPruned;

    public PatternCache(long maxBytes = MaxBytes) => _maxBytes = maxBytes;

    /// <summary>The number of expressions, including ended ones that are not pruned yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Returns the expression, and compiles it unless a snapshot already uses it.</summary>
    public PatternResult Get(string expression, PatternSyntax syntax, bool ignoreCase)
    {
        var key = new Key(expression, syntax, ignoreCase);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Pattern.TryGetTarget(out var known))
                return new(known, null);
            var result = PatternCompiler.Compile(expression, syntax, ignoreCase);
            return result.Pattern is null || TryAdd(key, result.Pattern) ? result : PatternResult.TooLarge;
        }
    }

    private bool TryAdd(Key key, Pattern pattern)
    {
        if (_entries.Remove(key, out var ended))
            _bytes -= ended.Size;
        if (_entries.Count >= _pruneAt || _bytes + pattern.Size > _maxBytes)
            Prune();
        if (_bytes + pattern.Size > _maxBytes)
            return false;
        _entries.Add(key, new(new(pattern), pattern.Size));
        _bytes += pattern.Size;
        return true;
    }

    // Runs each time the number doubles: the cost per expression stays constant, and ended ones soon are the minority again.
    private void Prune()
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Pattern.TryGetTarget(out _))
                continue;
            _bytes -= entry.Size;
            _entries.Remove(key);
        }

        _pruneAt = Math.Max(MinPruned, _entries.Count * 2);
    }

    private readonly record struct Key(string Expression, PatternSyntax Syntax, bool IgnoreCase);

    private readonly record struct Entry(WeakReference<Pattern> Pattern, int Size);
}
