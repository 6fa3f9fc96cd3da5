using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The variants given in one unit of work, each once for a unit. It is reused, and allocates nothing once it has been as full; a text of more than 256 characters
/// that is not the targeting key is the exception. Safe to use from any thread.
/// </summary>
/// <param name="services">The services that units are read with.</param>
internal sealed class GivenVariants(EvaluationServices services)
{
    public const int Max = 64;

    private const int MaxCopied = 256;

    private readonly object _gate = new();
    private Entry[] _entries = new Entry[4];
    private GivenVariant[]? _list;
    private int _count;
    private int _omitted;
    private ForcedVariantSet? _forced;
    private CompiledFlag?[] _dependent = new CompiledFlag?[4];

    /// <summary>The variants that the unit of work forces for a test; usually null.</summary>
    public ForcedVariantSet? Forced => Volatile.Read(ref _forced);

    /// <summary>The number of answers that there was no room for.</summary>
    public int Omitted
    {
        get
        {
            lock (_gate)
                return _omitted;
        }
    }

    /// <summary>Forces a variant from now on.</summary>
    public void Force(string flag, string variant, string by)
    {
        lock (_gate)
            Volatile.Write(ref _forced, ForcedVariantSet.With(_forced, flag, variant, by));
    }

    /// <summary>Remembers that a flag was asked whose answer may differ for another context. Takes no lock for one that is known.</summary>
    public void NoteContextDependent(CompiledFlag flag)
    {
        if (Array.IndexOf(Volatile.Read(ref _dependent), flag) >= 0)
            return;
        lock (_gate)
        {
            if (Array.IndexOf(_dependent, flag) >= 0)
                return;
            var free = Array.IndexOf(_dependent, null);
            if (free < 0)
            {
                free = _dependent.Length;
                var more = new CompiledFlag?[free * 2];
                _dependent.CopyTo(more, 0);
                Volatile.Write(ref _dependent, more);
            }

            _dependent[free] = flag;
        }
    }

    /// <summary>Returns the keys of the flags asked so far whose answers may differ for another context.</summary>
    public IReadOnlyList<string> ContextDependent()
    {
        if (Volatile.Read(ref _dependent)[0] is null)
            return [];
        lock (_gate)
            return [.. _dependent.OfType<CompiledFlag>().Select(flag => flag.Key)];
    }

    /// <summary>Remembers an answer.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="decision">Its decision.</param>
    /// <param name="context">The context.</param>
    /// <param name="isRun">True for an answer that chooses the code of a call, which records its own outcome.</param>
    [SkipLocalsInit]
    public void Note(CompiledFlag flag, Decision decision, AnyContext context, bool isRun = false)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var experiment = flag.ExperimentOf(decision);
        var by = experiment?.Unit ?? UnitReference.TargetingKey;
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, 0, ref budget);
        var unit = by.Read(in input, scratch);
        lock (_gate)
        {
            if (Holds(flag, decision.Variant, experiment, unit, isRun))
                return;
            if (_count == Max)
            {
                _omitted++;
                return;
            }

            if (_count == _entries.Length)
                Array.Resize(ref _entries, _count * 2);
            _entries[_count++].Set(flag, decision.Variant, experiment, unit, input.Key.AsString(), by.IsPrivate(in input), isRun);
            _list = null;
        }
    }

    /// <summary>Returns the variants so far.</summary>
    public IReadOnlyList<GivenVariant> ToList()
    {
        lock (_gate)
        {
            if (_list is not null)
                return _list;
            _list = new GivenVariant[_count];
            for (var i = 0; i < _count; i++)
                _list[i] = _entries[i].ToVariant();
            return _list;
        }
    }

    /// <summary>Gives the value of a metric to the watches of each variant so far. They are called without a lock: a watch that trips changes the rules.</summary>
    [SkipLocalsInit]
    public void Report(string metric, double value, OutcomeTable table)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        for (var i = 0; TryRead(i, table, scratch, out var slot, out var unit, out _); i++)
            slot?.Report(metric, value, unit);
    }

    /// <summary>Gives the outcome of the work to each variant so far, but to those of calls, which recorded their own.</summary>
    /// <returns>True if there is a variant that the outcome belongs to.</returns>
    [SkipLocalsInit]
    public bool ReportOutcome(OutcomeResult result, TimeSpan elapsed, OutcomeTable table)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var isSomebodys = false;
        for (var i = 0; TryRead(i, table, scratch, out var slot, out var unit, out var wasRun); i++)
        {
            if (wasRun)
                continue;
            isSomebodys = true;
            slot?.RecordWork(result, elapsed, unit);
        }

        return isSomebodys;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            for (var i = 0; i < _count; i++)
                _entries[i].Clear();
            (_count, _omitted, _list, _forced) = (0, 0, null, null);
            Array.Clear(_dependent);
        }
    }

    private bool TryRead(int place, OutcomeTable table, Span<char> scratch, out OutcomeSlot? slot, out ReadOnlySpan<char> unit, out bool wasRun)
    {
        wasRun = false;
        slot = null;
        unit = default;
        lock (_gate)
        {
            if (place >= _count)
                return false;
            wasRun = _entries[place].WasRun;
            slot = _entries[place].SlotOf(table);
            unit = slot is null ? default : _entries[place].Read(scratch);
            return true;
        }
    }

    private bool Holds(CompiledFlag flag, short variant, CompiledExperiment? experiment, ReadOnlySpan<char> unit, bool isRun)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!_entries[i].Is(flag, variant, experiment, unit))
                continue;
            _entries[i].WasRun |= isRun;
            return true;
        }

        return false;
    }

    private struct Entry
    {
        private CompiledFlag? _flag;
        private CompiledExperiment? _experiment;
        private string? _unit;
        private char[]? _copied;
        private int _length;
        private short _variant;
        private bool _isPrivate;

        /// <summary>Indicates whether a call was given the variant, and records its own outcome.</summary>
        public bool WasRun { get; set; }

        public void Set(CompiledFlag flag, short variant, CompiledExperiment? experiment, ReadOnlySpan<char> unit, string? key, bool isPrivate, bool isRun)
        {
            (_flag, _variant, _experiment, _isPrivate, _length, WasRun) = (flag, variant, experiment, isPrivate, unit.Length, isRun);
            _unit = unit.SequenceEqual(key) ? key : unit.Length > MaxCopied ? unit.ToString() : null;
            if (_unit is not null || unit.IsEmpty)
                return;
            _copied ??= new char[MaxCopied];
            unit.CopyTo(_copied);
        }

        public readonly bool Is(CompiledFlag flag, short variant, CompiledExperiment? experiment, ReadOnlySpan<char> unit) =>
            ReferenceEquals(_flag, flag) && _variant == variant && ReferenceEquals(_experiment, experiment) && unit.SequenceEqual(Unit);

        public readonly GivenVariant ToVariant() => new()
        {
            Flag = _flag!.Key,
            Variant = _flag.Variants[_variant].Label,
            Experiment = _experiment?.Key,
            Unit = _length == 0 ? null : EventUnits.TextOf(Unit, _isPrivate),
            UnitKind = (_experiment?.Unit ?? UnitReference.TargetingKey).Text,
        };

        public readonly OutcomeSlot? SlotOf(OutcomeTable table) => table.Find(_flag!, _variant);

        /// <summary>Reads the unit; one that was copied is copied again, since the entry may soon serve other work.</summary>
        public readonly ReadOnlySpan<char> Read(Span<char> scratch)
        {
            if (_unit is not null)
                return _unit;
            Unit.CopyTo(scratch);
            return scratch[.._length];
        }

        public void Clear()
        {
            _copied?.AsSpan(0, Math.Min(_length, MaxCopied)).Clear();
            (_flag, _experiment, _unit, _length) = (null, null, null, 0);
        }

        private readonly ReadOnlySpan<char> Unit => _unit is null ? _copied.AsSpan(0, _length) : _unit;
    }
}
