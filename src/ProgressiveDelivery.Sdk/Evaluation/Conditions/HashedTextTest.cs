using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>
/// A test whose operands are hashes: of the whole text, of its first or last bytes, or of an item of a list. The bytes are those of
/// UTF-8, and may end within a character.
/// </summary>
internal sealed class HashedTextTest : AttributeTest
{
    private readonly TextReading _reading;
    private readonly TextPlace _place;
    private readonly OperandHash _algorithm;
    private readonly byte[] _salt;
    private readonly HashSet<(int Length, Digest Digest)> _digests;
    private readonly int[] _lengths;

    /// <param name="attribute">What is tested.</param>
    /// <param name="name">The operator.</param>
    /// <param name="operand">The hashes as written.</param>
    /// <param name="reading">Which text values have.</param>
    /// <param name="place">Which part of the text is hashed.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="salt">What is hashed behind the text.</param>
    /// <param name="digests">The hashes and, of parts, how many bytes they are of; of a whole, -1.</param>
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
        _digests = [.. digests];
        _lengths = [.. digests.Select(digest => digest.Length).Distinct()];
    }

    [SkipLocalsInit]
    protected override Truth Judge(in AttributeValue value)
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

    // The salt is written behind each part in turn: of the start, over what comes after it; the end is moved to the front first.
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
