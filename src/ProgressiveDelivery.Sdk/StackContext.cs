using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
    private Content _content;

    /// <summary>Makes a context without attributes.</summary>
    /// <param name="targetingKey">The key to hash; null for an anonymous caller, which is in no rollout.</param>
    public StackContext(string? targetingKey) => _content.SetKey(targetingKey);     // in place: the content is large

    /// <summary>Makes a context without attributes.</summary>
    /// <param name="targetingKey">The key to hash, as the text of its digits, which is allocated.</param>
    public StackContext(long targetingKey)
        : this(targetingKey.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Makes a context without attributes.</summary>
    /// <param name="targetingKey">The key to hash, as text in lower case with hyphens, which is allocated.</param>
    public StackContext(Guid targetingKey)
        : this(targetingKey.ToString("D"))
    {
    }

    /// <summary>Makes a context whose attributes are read when a rule asks for them. Attributes that are set besides come before the reader's.</summary>
    /// <param name="targetingKey">The key to hash, usually the reader's <see cref="ContextReader.TargetingKey"/>; null for an anonymous caller.</param>
    /// <param name="reader">Reads the attributes; null for none.</param>
    public StackContext(string? targetingKey, ContextReader? reader)
    {
        _content.SetKey(targetingKey);
        _content.SetReader(reader);
    }

    /// <summary>The key that rollouts, splits and segments use.</summary>
    public readonly string? TargetingKey => _content.Key.AsString();

    // No indexer: an object initializer fills a hidden copy first. Copying as a whole what was just written in pieces costs some
    // processors 200 ns, ten times as much as the context.
    /// <summary>Sets an attribute; of a name set twice the last value counts.</summary>
    /// <param name="name">Case-sensitive; a literal is found fastest.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public void Set(string name, AttributeValue value) => _content.Add(new(name, value));

    [UnscopedRef]
    internal readonly ref readonly Content Contents => ref _content;

    internal readonly EvaluationContext ToContext() => _content.ToContext();

    /// <summary>The content of a context on the stack. It is no ref struct itself, so that evaluations can refer to it.</summary>
    internal struct Content
    {
        private AttributeValue _key;
        private InlineAttributes _inline;
        private ContextAttribute[]? _spilled;
        private ContextReader? _reader;
        private int _count;

        [UnscopedRef]
        public readonly ref readonly AttributeValue Key => ref _key;

        /// <summary>The attributes in the order in which they were set.</summary>
        [UnscopedRef]
        public readonly ReadOnlySpan<ContextAttribute> Attributes =>
            _spilled is null ? ((ReadOnlySpan<ContextAttribute>)_inline)[.._count] : _spilled.AsSpan(0, _count);

        /// <summary>Reads further attributes; usually null.</summary>
        public readonly ContextReader? Reader => _reader;

        /// <summary>Returns a copy on the heap, with what the reader has read so far.</summary>
        public readonly EvaluationContext ToContext()
        {
            if (_reader is null)
                return new(_key.AsString(), [.. Attributes.ToArray().Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value))]);
            var context = _reader.ToKnownContext();
            foreach (var attribute in Attributes)
                context = context.With(attribute.Name, attribute.Value);
            return context;
        }

        public void SetKey(string? targetingKey) => _key = targetingKey;

        public void SetReader(ContextReader? reader) => _reader = reader;

        public void Add(ContextAttribute attribute)
        {
            if (_count < InlineAttributes.Capacity)
                _inline[_count] = attribute;
            else
                Spill(attribute);
            _count++;
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
    }

    [InlineArray(Capacity)]
    private struct InlineAttributes
    {
        public const int Capacity = 8;

        private ContextAttribute _first;
    }
}
