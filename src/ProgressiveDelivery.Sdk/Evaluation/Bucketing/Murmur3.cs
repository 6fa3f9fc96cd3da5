using System.Buffers.Binary;
using System.Numerics;

namespace ProgressiveDelivery.Sdk.Evaluation.Bucketing;

/// <summary>MurmurHash3, x86, 32 bits. Source: A. Appleby, SMHasher, MurmurHash3_x86_32, public domain.</summary>
internal static class Murmur3
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        var hash = seed;
        var rest = bytes;
        while (rest.Length >= sizeof(uint))
        {
            hash = BitOperations.RotateLeft(hash ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest)), 13);
            hash = (hash * 5) + 0xe6546b64;
            rest = rest[sizeof(uint)..];
        }

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--)
            tail = (tail << 8) | rest[i];
        hash ^= Mix(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * C1, 15) * C2;
}
