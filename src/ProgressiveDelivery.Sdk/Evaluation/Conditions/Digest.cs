using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A hash that is compared as a whole; a short hash is padded with zeros.</summary>
internal readonly record struct Digest(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>The maximum number of digits of a hash.</summary>
    public const int MaxText = Bytes * 2;

    private const int Bytes = 32;
    private const int MaxName = 256;

    /// <summary>Reads a hash in lower-case hexadecimal digits, of the algorithm's length.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, OperandHash algorithm, out Digest digest)
    {
        digest = default;
        Span<byte> hash = stackalloc byte[Bytes];
        hash.Clear();
        var length = LengthOf(algorithm);
        if (text.Length != length * 2)
            return false;
        for (var i = 0; i < length; i++)
        {
            if (!char.IsAsciiHexDigitLower(text[i * 2]) || !char.IsAsciiHexDigitLower(text[(i * 2) + 1]))
                return false;
            hash[i] = byte.Parse(text.Slice(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        digest = Of(hash);
        return true;
    }

    /// <summary>Hashes some bytes.</summary>
    public static Digest Compute(ReadOnlySpan<byte> input, OperandHash algorithm)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        hash.Clear();
#pragma warning disable CA5351 // Hides values of rules, and protects no secret.
        if (algorithm == OperandHash.Md5)
            MD5.HashData(input, hash);
        else
            SHA256.HashData(input, hash);
#pragma warning restore CA5351
        return Of(hash);
    }

    /// <summary>Hashes a text's bytes in UTF-8.</summary>
    [SkipLocalsInit]
    public static Digest Of(string text, OperandHash algorithm)
    {
        Span<byte> room = stackalloc byte[MaxName];
        return Encoding.UTF8.GetByteCount(text) <= MaxName
            ? Compute(room[..Encoding.UTF8.GetBytes(text, room)], algorithm)
            : Compute(Encoding.UTF8.GetBytes(text), algorithm);
    }

    /// <summary>Writes the hash in lower-case hexadecimal digits, and returns the number of digits.</summary>
    public int Write(Span<char> text, OperandHash algorithm)
    {
        Span<ulong> parts = [First, Second, Third, Fourth];
        var length = LengthOf(algorithm) * 2;
        for (var i = 0; i < length; i += 16)
            parts[i / 16].TryFormat(text[i..], out _, "x16", CultureInfo.InvariantCulture);
        return length;
    }

    private static int LengthOf(OperandHash algorithm) => algorithm == OperandHash.Md5 ? MD5.HashSizeInBytes : SHA256.HashSizeInBytes;

    private static Digest Of(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));
}
