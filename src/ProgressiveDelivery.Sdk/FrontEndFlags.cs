using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The client-visible flags for one context, evaluated as they are enumerated, all from one snapshot. Flags that serve no variant
/// are left out, so that a front end's own fallback answers. Enumerating allocates nothing.
/// </summary>
public readonly struct FrontEndFlags
{
    private readonly Provenance _snapshot;
    private readonly EvaluationContext _context;

    internal FrontEndFlags(Provenance snapshot, EvaluationContext context)
    {
        _snapshot = snapshot;
        _context = context;
    }

    /// <summary>The flags, in the order of the snapshot.</summary>
    public Enumerator GetEnumerator() => new(_snapshot, _context);

    /// <summary>
    /// Writes <c>{"version": 7, "flags": {"new-checkout": {"value": true, "variant": "on", "reason": "RuleMatch"}}}</c>. A JSON flag also has <c>"type": "json"</c>, and a flag that is on
    /// or off and also has a variant, as in some backends, <c>"enabled"</c>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, _snapshot.Version);
        writer.WriteStartObject("flags"u8);
        foreach (var flag in this)
        {
            writer.WriteStartObject(flag.Key);
            writer.WritePropertyName("value"u8);
            flag.WriteValueTo(writer);
            if (flag.Type == FlagType.Json)
                writer.WriteString("type"u8, "json"u8);
            if (flag.Enabled is { } isEnabled)
                writer.WriteBoolean("enabled"u8, isEnabled);
            writer.WriteString("variant"u8, flag.Variant);
            writer.WriteString("reason"u8, Names[(int)flag.Reason]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Returns the output of <see cref="WriteTo"/> as text that is safe inside an HTML script element.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string[] Names { get; } = Enum.GetNames<EvaluationReason>();

    /// <summary>Evaluates one flag after the other.</summary>
    public struct Enumerator
    {
        private readonly Provenance _snapshot;
        private readonly EvaluationContext _context;
        private FrontEndFlag _current;
        private int _index;

        internal Enumerator(Provenance snapshot, EvaluationContext context)
        {
            _snapshot = snapshot;
            _context = context;
            _index = -1;
        }

        /// <summary>The flag that <see cref="MoveNext"/> came to.</summary>
        public readonly FrontEndFlag Current => _current;

        /// <summary>Goes on to the next client-visible flag that serves a variant.</summary>
        public bool MoveNext() => _snapshot.MoveToNext(_context, ref _index, out _current);
    }
}
