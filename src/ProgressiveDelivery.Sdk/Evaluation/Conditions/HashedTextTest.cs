using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>
/// A test whose operands are hashes: of the whole text, of its first or last bytes, or of an item of a list. The bytes are UTF-8, and may end inside
/// a character.
/// </summary>
internal sealed class HashedTextTest : AttributeTest
{
    private readonly TextReading _reading;
    private readonly TextPlace _place;
    private readonly OperandHash _algorithm;
    private readonly byte[] _salt;
    private readonly HashSet<(int Length, Digest Digest)> _digests;
    private readonly int[] _lengths;

    /// <param name="attribute">The attribute to test.</param>
    /// <param name="name">The operator.</param>
    /// <param name="operand">The hashes as written.</param>
    /// <param name="reading">The conversion of values to text.</param>
    /// <param name="place">The part of the text that is hashed.</param>
    /// <param name="algorithm">The hash algorithm.</param>
    /// <param name="salt">The text that is appended before hashing.</param>
    /// <param name="digests">The hashes. For a part of the text, each with the number of bytes it covers; for the whole text, with -1.</param>
    public HashedTextTest(
        AttributeReference attribute,
        string name,
        AttributeValue operand,
        TextReading reading,
        TextPlace place,
        OperandHash algorithm,
        string salt,
        IReadOnlyCollection<(int Length, Digest Digest)> digests)
        : base(attribute, name, operand)
    {
        (_reading, _place, _algorithm) = (reading, place, algorithm);
        _salt = Encoding.UTF8.GetBytes(salt);
        _digests = new(digests, new DigestComparer(NameHash.AtRandom()));
        _lengths = [.. digests.Select(digest => digest.Length).Distinct()];
    }

    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (_place == TextPlace.Item)
            return JudgeItems(in value);
        Unsafe.SkipInit(out UnitScratch room);
        var text = new AttributeText(room);
        if (!text.TryRead(in value, _reading))
            return Truth.Unknown;
        var truth = Holds(text.Text).ToTruth();
        text.Return();
        return truth;
    }

    private Truth JudgeItems(in AttributeValue value)
    {
        var items = new TextItems(in value);
        if (!items.AreTexts)
            return Truth.Unknown;
        var found = false;
        while (!found && items.TryNext(out var item))
            found = Holds(item);
        items.Return();
        return found.ToTruth();
    }

    [SkipLocalsInit]
    private bool Holds(ReadOnlySpan<char> text)
    {
        const int most = 512;
        var length = Encoding.UTF8.GetByteCount(text);
        if (length + _salt.Length <= most)
        {
            Span<byte> room = stackalloc byte[most];
            return Holds(text, room);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length + _salt.Length);
        var holds = Holds(text, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return holds;
    }

    // Each part is followed by the salt. For the start, the salt overwrites the text after it; the end is first moved to the front.
    private bool Holds(ReadOnlySpan<char> text, Span<byte> room)
    {
        foreach (var wanted in _lengths)
        {
            var whole = Encoding.UTF8.GetBytes(text, room);
            var length = wanted < 0 ? whole : wanted;
            if (length > whole)
                continue;
            if (_place == TextPlace.End)
                room[(whole - length)..whole].CopyTo(room);
            _salt.CopyTo(room[length..]);
            if (_digests.Contains((wanted, Digest.Compute(room[..(length + _salt.Length)], _algorithm))))
                return true;
        }

        return false;
    }
}
