namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>A set of numbers from 0 on, most of which will be in it: a bit for each.</summary>
internal sealed class NumberSet
{
    private const int BitsOfAWord = 64;

    private ulong[] _words = new ulong[1024];

    public long Count { get; private set; }

    /// <summary>Adds a number; returns false if it is there already.</summary>
    public bool Add(int number)
    {
        var (word, bit) = (number / BitsOfAWord, 1UL << (number % BitsOfAWord));
        if (word >= _words.Length)
            Array.Resize(ref _words, Math.Max(word + 1, 2 * _words.Length));
        if ((_words[word] & bit) != 0)
            return false;
        _words[word] |= bit;
        Count++;
        return true;
    }
}
