using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>An answered question, on the stack of the evaluation. Its properties and hashes allocate nothing; texts, contexts and JSON are made when they are asked for.</summary>
public readonly ref struct RecordedAnswer
{
    // Keys cannot be chosen so that they are taken for each other.
    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly CompiledFlag? _flag;
    private readonly Decision _decision;
    private readonly AnswerForm _form;
    private readonly PlainValue _fallback;
    private readonly AnyContext _context;
    private readonly EvaluationServices _services;

    internal RecordedAnswer(string key, CompiledFlag? flag, Decision decision, AnswerForm form, PlainValue fallback, AnyContext context, EvaluationServices services)
    {
        (Flag, _flag, _decision, _form, _fallback, _services) = (key, flag, decision, form, fallback, services);
        _context = context;
    }

    /// <summary>The flag's key.</summary>
    public string Flag { get; }

    /// <summary>The recorder's note on the flag; null if the flag does not exist.</summary>
    public object? Note { get; internal init; }

    /// <summary>The flag that this one was a prerequisite of; null for an answer to the caller.</summary>
    public string? PrerequisiteOf { get; internal init; }

    /// <summary>The flag's own version; null if it has none.</summary>
    public long? FlagVersion => _flag?.Version;

    /// <summary>The reason for the answer.</summary>
    public EvaluationReason Reason => IsMismatch ? EvaluationReason.TypeMismatch : _decision.Reason;

    /// <summary>The place of the rule that decided among the flag's rules; -1 if none did.</summary>
    public int Rule => _decision.Rule;

    /// <summary>The name of the rule that decided; null if none did.</summary>
    public string? RuleName => _decision.Rule >= 0 ? _flag!.RuleName(_decision.Rule) : null;

    /// <summary>The label of the variant, as evaluations show it; null if the caller got the fallback.</summary>
    public string? Variant => Served?.Label;

    /// <summary>The name of the variant in the definition; null if the caller got the fallback.</summary>
    public string? VariantName => Served?.Name;

    /// <summary>Indicates whether the caller asked for the reason too, by one of the methods <c>Evaluate…</c>, and got a variant.</summary>
    public bool IsDetailed => _form == AnswerForm.Variant;

    /// <summary>Indicates whether an operator's override, a kill or a guard decided, and not the backend's rules.</summary>
    public bool IsOverridden => _flag?.Overlay is not null;

    /// <summary>Indicates whether the context has a kind, and each kind has a key.</summary>
    public bool HasKeys
    {
        get
        {
            var budget = default(EvaluationBudget);
            return new EvaluationInput(_context, _services, 0, ref budget).HasKeys;
        }
    }

    /// <summary>A hash of the keys of the context and of its other kinds; not the same in another process.</summary>
    public UInt128 ContextHash => HashOf(_context);

    /// <summary>A hash of variant, rule and reason; not the same in another process.</summary>
    public ulong OutcomeHash => Hash(VariantName) ^ (Hash(RuleName) * 3) ^ (ulong)Reason;

    private CompiledVariant? Served => _form != AnswerForm.Fallback && _decision.HasVariant ? _flag!.Variants[_decision.Variant] : null;

    private bool IsMismatch => _form == AnswerForm.Fallback && _decision.HasVariant && _flag!.Variants[_decision.Variant].HasValue;

    /// <summary>Returns the value that was answered, as JSON; null for a fallback that is an object.</summary>
    public string? GetValueJson() => Served is { } variant ? variant.Describe(_flag!.Type) : _fallback.Json;

    /// <summary>Returns the caller's fallback, as JSON; null if it is an object, or the flag was a prerequisite.</summary>
    public string? GetFallbackJson() => _fallback.Json;

    /// <summary>Returns the context; one on the stack is copied.</summary>
    public EvaluationContext GetContext() => _context.ToContext();

    /// <summary>Returns a hash of a unit and the flag, not the same in another process; null if the context does not have the unit.</summary>
    /// <param name="by">The part of the context that is the unit.</param>
    [SkipLocalsInit]
    public UInt128? HashOf(EventUnit by)
    {
        ArgumentNullException.ThrowIfNull(by);
        Unsafe.SkipInit(out UnitScratch scratch);
        var budget = default(EvaluationBudget);
        var unit = by.Reference.Read(new EvaluationInput(_context, _services, 0, ref budget), scratch);
        return unit.IsEmpty ? null : XxHash128.HashToUInt128(MemoryMarshal.AsBytes(unit), Seed ^ (long)Hash(Flag));
    }

    /// <summary>Returns the text of a unit in events: of a private one a hash, the same in every process. Null if the context does not have the unit.</summary>
    /// <param name="by">The part of the context that is the unit.</param>
    [SkipLocalsInit]
    public string? TextOf(EventUnit by)
    {
        ArgumentNullException.ThrowIfNull(by);
        Unsafe.SkipInit(out UnitScratch scratch);
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(_context, _services, 0, ref budget);
        var unit = by.Reference.Read(in input, scratch);
        return unit.IsEmpty ? null : EventUnits.TextOf(by.Reference, unit, in input);
    }

    /// <summary>Returns the key of the first prerequisite that does not hold; null if there is none.</summary>
    public string? GetFailedPrerequisite()
    {
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(_context, _services, 0, ref budget);
        foreach (var prerequisite in _flag is null ? [] : _flag.Requires)
        {
            if (prerequisite.Holds(in input) != Truth.True)
                return prerequisite.Key;
        }

        return null;
    }

    /// <summary>Returns the <see cref="ContextHash"/> of a context.</summary>
    /// <param name="context">The context.</param>
    public static UInt128 ContextHashOf(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return HashOf(new AnyContext(context));
    }

    private static UInt128 HashOf(AnyContext context)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(context.Key.AsString().AsSpan()), Seed);
        foreach (var kind in context.KnownKinds)
            hash = UInt128.RotateLeft(hash, 31) ^ XxHash128.HashToUInt128(MemoryMarshal.AsBytes(kind.Context.TargetingKey.AsSpan()), Seed ^ (long)Hash(kind.Name));
        return hash;
    }

    private static ulong Hash(string? text) => text is null ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), Seed);
}
