using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Hashes names with two secrets, so names that collide cannot be chosen from outside the process. For tables in memory only: buckets are the same in
/// every process.
/// </summary>
internal readonly struct NameHash(ulong one, ulong other)
{
    // 16 bytes at a time, as a product of two halves, each combined with a secret; the products do not depend on each other.
    private const int Block = 2 * sizeof(ulong);
    private const int CharactersOfWord = sizeof(ulong) / sizeof(char);
    private const ulong Step = 0x9E37_79B9_7F4A_7C15, OtherStep = 0xD6E8_FEB8_6659_FD92;

    /// <summary>Creates a hash with new secrets.</summary>
    public static NameHash AtRandom() => new((ulong)Random.Shared.NextInt64() << 1, (ulong)Random.Shared.NextInt64() << 1 | 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(ReadOnlySpan<char> name)
    {
        var sum = (ulong)name.Length * Step;
        if (name.Length < CharactersOfWord)
            return Finish(sum + Product(Short(name) ^ one, other));

        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(name));
        var bytes = name.Length * sizeof(char);
        var (secret, otherSecret) = (one, other);
        for (var i = 0; i < bytes - Block; i += Block, secret += Step, otherSecret += OtherStep)
            sum += Product(Word(ref start, i) ^ secret, Word(ref start, i + sizeof(ulong)) ^ otherSecret);
        return Finish(sum + Product(Word(ref start, Math.Max(0, bytes - Block)) ^ secret, Word(ref start, bytes - sizeof(ulong)) ^ otherSecret));
    }

    /// <summary>Hashes a number's bits.</summary>
    public uint Of(ulong bits) => Finish(Product(bits ^ one, other));

    private static ulong Short(ReadOnlySpan<char> name)
    {
        ulong word = 0;
        foreach (var character in name)
            word = (word << 16) | character;
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Product(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    // Every bit of the sum affects the whole hash: tables use the lowest bits.
    private static uint Finish(ulong sum) => (uint)(((sum ^ (sum >> 32)) * Step) >> 32);
}
