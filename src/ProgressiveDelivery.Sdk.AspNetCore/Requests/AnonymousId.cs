using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ProgressiveDelivery.Sdk.AspNetCore.Requests;

/// <summary>An id of a visitor, as the cookie holds it.</summary>
/// <param name="Id">128 random bits.</param>
/// <param name="Made">The moment at which the id was made.</param>
/// <param name="Renewed">The moment at which the cookie was last set.</param>
internal readonly record struct AnonymousId(Guid Id, DateTimeOffset Made, DateTimeOffset Renewed)
{
    private const byte Format = 1;
    private const int IdLength = 16;
    private const int Length = 1 + IdLength + sizeof(long) + sizeof(long);

    /// <summary>The targeting key.</summary>
    public string Key => Id.ToString("N");

    public static AnonymousId New(DateTimeOffset now) => new(new Guid(RandomNumberGenerator.GetBytes(IdLength)), now, now);

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null if it is of another format.</summary>
    public static AnonymousId? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length && bytes[0] == Format ? new(new(bytes.Slice(1, IdLength)), Moment(bytes[(1 + IdLength)..]), Moment(bytes[(Length - sizeof(long))..])) : null;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        bytes[0] = Format;
        Id.TryWriteBytes(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + IdLength), Made.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Length - sizeof(long)), Renewed.ToUnixTimeMilliseconds());
        return bytes;
    }

    private static DateTimeOffset Moment(ReadOnlySpan<byte> bytes) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
}
