using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>Gives units their positions, by the algorithm that a definition names. What is hashed around the unit is encoded once.</summary>
internal sealed class UnitBucketing
{
    private const double Sha1Scale = 0xFFFFFFFFFFFFFFF;

    private readonly BucketingTerms _terms;
    private readonly byte[] _prefix;
    private readonly byte[] _suffix;
    private readonly double _buckets;

    public UnitBucketing(BucketingTerms terms)
    {
        _terms = terms;
        _prefix = Encoding.UTF8.GetBytes(terms.Prefix);
        _suffix = Encoding.UTF8.GetBytes(terms.Suffix);
        _buckets = terms.Buckets;
    }

    /// <summary>The unit, without what is hashed around it.</summary>
    public UnitReference Unit => new(_terms.References);

    /// <summary>Describes the unit and its algorithm, for explanations.</summary>
    public string Describe() =>
        $"{(_terms.References.Length == 0 ? "no unit" : string.Join(", ", _terms.References.Select(reference => reference.Text)))} by {_terms.Algorithm} of '{_terms.Prefix}…{_terms.Suffix}'";

    /// <summary>Computes the unit's position; false if the context has no unit.</summary>
    /// <param name="input">The evaluation.</param>
    /// <param name="position">The position.</param>
    /// <param name="missing">The result without a unit: unknown, or one that ends the flag.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryPlace(in EvaluationInput input, out double position, out Truth missing)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        missing = Truth.Unknown;
        if (TryRead(in input, scratch, out var unit))
        {
            position = Position(unit);
            return true;
        }

        return TryPlaceMissing(in input, out position, out missing);
    }

    /// <summary>Returns the position of a given unit.</summary>
    public double Position(ReadOnlySpan<char> unit) => _terms.Algorithm switch
    {
        BucketAlgorithm.Fnv1aFraction => Fnv1aHash(unit) % (uint)_terms.Buckets / _buckets,
        BucketAlgorithm.Fnv1aTwiceFraction => Fnv1a.OfDecimal(Fnv1aHash(unit)) % (uint)_terms.Buckets / _buckets,
        _ => EncodedPosition(unit),
    };

    private bool TryPlaceMissing(in EvaluationInput input, out double position, out Truth missing)
    {
        missing = Truth.Unknown;
        position = 0;
        switch (_terms.Missing)
        {
            case MissingUnit.Empty:
            case MissingUnit.EmptyUnlessNobody when !input.Attributes.IsEmpty:
                position = Position([]);
                return true;
            case MissingUnit.Zero:
                return true;
            case MissingUnit.Random:
                position = AtRandom(input.Services.Random);
                return true;
            default:
                input.Services.Counters.UnitMissing();
                missing = _terms.Missing == MissingUnit.Abort ? Truth.KeyMissing : Truth.Unknown;
                return false;
        }
    }

    private double AtRandom(Random random) => _terms.Algorithm switch
    {
        BucketAlgorithm.Fnv1aFraction or BucketAlgorithm.Fnv1aTwiceFraction or BucketAlgorithm.Sha1Fraction => random.NextDouble(),
        BucketAlgorithm.Sha256Percent => random.NextDouble() * 100,
        _ => random.NextInt64(_terms.Buckets),
    };

    /// <summary>
    /// Reads the text of the unit; false if the context has none. A unit that is not a string is written to <paramref name="scratch"/>.
    /// </summary>
    public bool TryRead(in EvaluationInput input, Span<char> scratch, out ReadOnlySpan<char> unit)
    {
        var references = _terms.References;
        for (var i = 0; i < references.Length; i++)
        {
            ref readonly var value = ref references[i].Read(in input);
            if (value.IsNull)
                continue;
            if (TryRead(in value, scratch, out unit) && (_terms.AcceptsEmpty || !unit.IsEmpty))
                return true;
            // The targeting key replaces a missing attribute, but not one that counts as false.
            if (_terms.Units == UnitReading.EcmaScriptTruthy && i + 1 < references.Length && references[i + 1].IsTargetingKey)
                i++;
        }

        unit = default;
        return false;
    }

    private bool TryRead(in AttributeValue value, Span<char> scratch, out ReadOnlySpan<char> unit)
    {
        if (value.AsString() is { } text)
        {
            unit = text;
            return true;
        }

        unit = default;
        if (_terms.Units == UnitReading.EcmaScriptTruthy && IsFalse(in value))
            return false;
        if (_terms.Units is UnitReading.EcmaScript or UnitReading.EcmaScriptTruthy)
        {
            // The garbage collector takes the array rented for a list of many texts: such units are too rare to return it.
            var read = new AttributeText(scratch);
            var isRead = read.TryRead(in value, TextReading.EcmaScriptAndJson);
            unit = read.Text;
            return isRead;
        }

        if (value.TryGetInteger(out var integer) && integer.TryFormat(scratch, out var written, default, CultureInfo.InvariantCulture))
        {
            unit = scratch[..written];
            return true;
        }

        if (_terms.Units != UnitReading.TextsAndWholeNumbers && value.TryGetBoolean(out var boolean))
        {
            unit = boolean ? "true" : "false";
            return true;
        }

        if (!value.TryGetNumber(out var number) || !TryWrite(number, scratch, out written))
            return false;
        unit = scratch[..written];
        return true;
    }

    private static bool IsFalse(in AttributeValue value) =>
        value.TryGetNumber(out var number) ? number is 0 or double.NaN : value.TryGetBoolean(out var boolean) && !boolean;

    private bool TryWrite(double number, Span<char> scratch, out int written)
    {
        written = 0;
        if (!double.IsFinite(number))
            return false;
        var isWhole = Math.Floor(number) == number;
        if (number == 0)
            return (written = "0".TryCopyTo(scratch) ? 1 : 0) == 1;
        return (isWhole || _terms.Units == UnitReading.Plain)
            && number.TryFormat(scratch, out written, isWhole ? "F0" : "r", CultureInfo.InvariantCulture);
    }

    private uint Fnv1aHash(ReadOnlySpan<char> unit) =>
        Fnv1a.Append(Fnv1a.Append(Fnv1a.Append(Fnv1a.Start, _terms.Prefix), unit), _terms.Suffix);

    [SkipLocalsInit]
    private double EncodedPosition(ReadOnlySpan<char> unit)
    {
        Unsafe.SkipInit(out HashInput buffer);
        var most = _prefix.Length + _suffix.Length + Encoding.UTF8.GetMaxByteCount(unit.Length);
        Span<byte> room = buffer;
        if (most <= room.Length)
            return Scale(Encode(unit, room));

        var pooled = ArrayPool<byte>.Shared.Rent(most);
        var position = Scale(Encode(unit, pooled));
        ArrayPool<byte>.Shared.Return(pooled);
        return position;
    }

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> unit, Span<byte> room)
    {
        _prefix.CopyTo(room);
        var length = _prefix.Length + Encoding.UTF8.GetBytes(unit, room[_prefix.Length..]);
        _suffix.CopyTo(room[length..]);
        return room[..(length + _suffix.Length)];
    }

    private double Scale(ReadOnlySpan<byte> input) => _terms.Algorithm switch
    {
        BucketAlgorithm.Murmur3Modulo => Murmur3.Hash(input, _terms.Seed) % (ulong)_terms.Buckets,
        BucketAlgorithm.Murmur3Scaled => (Murmur3.Hash(input, _terms.Seed) * (ulong)_terms.Buckets) >> 32,
        BucketAlgorithm.Md5Modulo => Md5(input) % (ulong)_terms.Buckets,
        BucketAlgorithm.Sha1Modulo => (Sha1(input) >> 36) % (ulong)_terms.Buckets,
        BucketAlgorithm.Sha1Fraction => (float)(Sha1(input) >> 4) / (float)Sha1Scale,
        _ => Sha256(input) / (double)uint.MaxValue * 100,
    };

#pragma warning disable CA5350, CA5351 // They place units; they keep no secret.
    [SkipLocalsInit]
    private static ulong Sha1(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    [SkipLocalsInit]
    private static uint Md5(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(input, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
#pragma warning restore CA5350, CA5351

    [SkipLocalsInit]
    private static uint Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }

    // Enough for nearly every unit, at up to three bytes a character.
    [InlineArray(512)]
    private struct HashInput
    {
        private byte _first;
    }
}

/// <summary>The placement of units: the members of the definition, with its references resolved.</summary>
internal sealed record BucketingTerms(BucketAlgorithm Algorithm, long Buckets, AttributeReference[] References)
{
    public uint Seed { get; init; }

    public string Prefix { get; init; } = "";

    public string Suffix { get; init; } = "";

    public UnitReading Units { get; init; }

    public bool AcceptsEmpty { get; init; }

    public MissingUnit Missing { get; init; }
}
