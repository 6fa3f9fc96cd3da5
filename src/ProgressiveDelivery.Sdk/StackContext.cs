using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A context that lives on the caller's stack, so that building it and evaluating with it allocate nothing. Eight attributes
/// fit; further ones move to the heap. The compiler keeps it from leaving the method: it suits a hot path that knows its
/// attributes, where <see cref="EvaluationContext"/> suits a request.
/// </summary>
/// <example>
/// <code>
/// var context = new StackContext("user-17");
/// context.Set("country", "NL");
/// context.Set("age", 42);
/// if (flags.IsEnabled("new-checkout", in context)) …
/// </code>
/// </example>
public ref struct StackContext
{
    private readonly AttributeValue _key;
    private InlineAttributes _inline;
    private ContextAttribute[]? _spilled;
    private int _count;

    /// <summary>Makes a context without attributes.</summary>
    /// <param name="targetingKey">What is hashed; null for an anonymous caller, who is in no rollout.</param>
    public StackContext(string? targetingKey) => _key = targetingKey;

    /// <summary>What rollouts, splits and segments go by.</summary>
    public readonly string? TargetingKey => _key.AsString();

    // No indexer: an object initialiser fills a hidden copy first, and to copy as a whole what has only just been written in pieces
    // costs some processors 200 ns, ten times as much as the context.
    /// <summary>Sets an attribute; of a name set twice the last value counts.</summary>
    /// <param name="name">Case-sensitive; a literal is found fastest.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public void Set(string name, AttributeValue value)
    {
        var attribute = new ContextAttribute(name, value);
        if (_count < InlineAttributes.Capacity)
            _inline[_count] = attribute;
        else
            Spill(attribute);
        _count++;
    }

    [UnscopedRef]
    internal readonly ref readonly AttributeValue Key => ref _key;

    [UnscopedRef]
    internal readonly ReadOnlySpan<ContextAttribute> Attributes =>
        _spilled is null ? ((ReadOnlySpan<ContextAttribute>)_inline)[.._count] : _spilled.AsSpan(0, _count);

    internal readonly EvaluationContext ToContext()
    {
        var attributes = new List<KeyValuePair<string, AttributeValue>>(_count);
        foreach (var attribute in Attributes)
            attributes.Add(new(attribute.Name, attribute.Value));
        return new(TargetingKey, attributes);
    }

    private void Spill(ContextAttribute attribute)
    {
        if (_spilled is null)
        {
            _spilled = new ContextAttribute[InlineAttributes.Capacity * 2];
            ((ReadOnlySpan<ContextAttribute>)_inline).CopyTo(_spilled);
        }
        else if (_count == _spilled.Length)
        {
            Array.Resize(ref _spilled, _count * 2);
        }

        _spilled[_count] = attribute;
    }

    [InlineArray(Capacity)]
    private struct InlineAttributes
    {
        public const int Capacity = 8;

        private ContextAttribute _first;
    }
}
