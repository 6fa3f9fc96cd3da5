using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Remembers the texts that callers ask with. A caller asks with the same text object again and again: to find it by reference costs less than half of
/// hashing and comparing all characters. A slot is written once, for good. A text that finds both slots of its place taken is left to the full table, as is
/// an equal text in another object: chosen keys slow only the callers that ask with them. A few texts that no flag has are remembered too.
/// </summary>
internal sealed class AskedKeys
{
    private const int CharactersOfWord = sizeof(ulong) / sizeof(char);
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    /// <summary>The index of texts that no flag has: beyond every array.</summary>
    public const int Missing = int.MaxValue - 1;

    private readonly Slot[] _slots;
    private readonly int _shift;
    private readonly int _maxMissing;       // chosen keys must not take the slots of flags
    private int _missing;

    public AskedKeys(int flags)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, flags * 2))];
        _shift = (sizeof(ulong) * 8) - BitOperations.Log2((uint)_slots.Length);
        _maxMissing = Math.Min(64, _slots.Length / 8);
    }

    /// <summary>Finds the index that was noted for a text object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(string key, out int index)
    {
        if (key.Length >= CharactersOfWord)
        {
            var slots = _slots;
            var place = Place(key);
            ref var slot = ref slots[place];
            if (!ReferenceEquals(Volatile.Read(ref slot.Key), key))
                slot = ref slots[place ^ 1];
            if (ReferenceEquals(Volatile.Read(ref slot.Key), key))
            {
                index = slot.Claim - 1;
                return true;
            }
        }

        index = 0;
        return false;
    }

    /// <summary>Notes the index of a text object, if there is room. Any thread may call it at any time.</summary>
    public void Note(string key, int index)
    {
        if (key.Length < CharactersOfWord)
            return;
        var place = Place(key);
        if (!TryNote(ref _slots[place], key, index))
            TryNote(ref _slots[place ^ 1], key, index);
    }

    /// <summary>Notes a text object that no flag has, if there are few of them. Any thread may call it at any time.</summary>
    public void NoteMissing(string key)
    {
        if (Volatile.Read(ref _missing) >= _maxMissing || Interlocked.Increment(ref _missing) > _maxMissing)
            return;
        Note(key, Missing);
    }

    // The index is there before the key that leads to it; neither is ever written again.
    private static bool TryNote(ref Slot slot, string key, int index)
    {
        if (slot.Claim != 0 || Interlocked.CompareExchange(ref slot.Claim, index + 1, 0) != 0)
            return false;
        Volatile.Write(ref slot.Key, key);
        return true;
    }

    // Hashes the first four characters, the eight in the middle and the last four; their low bits go side by side, and affect the highest bits of the
    // product. It need not be good: what collides is found in the full table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(string key)
    {
        ref var start = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(key.AsSpan()));
        var middle = key.Length;        // in bytes
        var last = (2 * middle) - sizeof(ulong);
        var sum = Word(ref start, 0)
            + BitOperations.RotateLeft(Word(ref start, Math.Max(0, middle - sizeof(ulong))), 20)
            + BitOperations.RotateLeft(Word(ref start, Math.Min(middle, last)), 44)
            + BitOperations.RotateLeft(Word(ref start, last), 8);
        return (int)((sum * Step) >> _shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    private struct Slot
    {
        public string? Key;

        /// <summary>The index plus one; 0 while the slot is free.</summary>
        public int Claim;
    }
}
