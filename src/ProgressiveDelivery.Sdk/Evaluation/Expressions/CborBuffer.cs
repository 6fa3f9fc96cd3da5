using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// Values in CBOR, each in one form only: RFC 8949, section 4.2.1, after whole numbers have become integers. The bytes are on the caller's stack,
/// then in a pooled array, which must be returned.
/// </summary>
internal ref struct CborBuffer(Span<byte> room)
{
    private const byte Unsigned = 0x00, Negative = 0x20, Text = 0x60, Array = 0x80, Map = 0xa0;
    private const byte False = 0xf4, True = 0xf5, Null = 0xf6, Half = 0xf9, Single = 0xfa, Double = 0xfb;
    private const int MaxNesting = 64;
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    private Span<byte> _room = room;
    private byte[]? _pooled;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _room[.._length];

    public readonly void Return()
    {
        if (_pooled is not null)
            ArrayPool<byte>.Shared.Return(_pooled);
    }

    /// <summary>Begins a list of <paramref name="count"/> values, which the caller appends next.</summary>
    public void BeginList(int count) => Head(Array, (ulong)count);

    /// <summary>Appends a value; null for one that is nested too deeply or not a number.</summary>
    public void Append(in AttributeValue value) => Append(in value, 0);

    /// <summary>Appends a text.</summary>
    public void AppendText(scoped ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Head(Text, (ulong)length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    private void Append(in AttributeValue value, int depth)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                AppendText(value.AsString());
                break;
            case AttributeKind.Boolean:
                Byte(value.TryGetBoolean(out var boolean) && boolean ? True : False);
                break;
            case AttributeKind.Integer:
                value.TryGetInteger(out var integer);
                AppendInteger(integer);
                break;
            case AttributeKind.Number:
                value.TryGetNumber(out var number);
                AppendNumber(number);
                break;
            case AttributeKind.Instant:
                AppendText(value.ToString());
                break;
            case AttributeKind.List when depth < MaxNesting:
                Head(Array, (ulong)value.Items.Length);
                foreach (ref readonly var item in value.Items)
                    Append(in item, depth + 1);
                break;
            case AttributeKind.Object when depth < MaxNesting:
                AppendMembers(value.Members, depth);
                break;
            default:
                Byte(Null);
                break;
        }
    }

    private void AppendInteger(long value)
    {
        if (value >= 0)
            Head(Unsigned, (ulong)value);
        else
            Head(Negative, (ulong)~value);
    }

    private void AppendNumber(double value)
    {
        if (Math.Floor(value) == value && value is >= -TwoTo63 and < TwoTo64)
        {
            if (value < TwoTo63)
                AppendInteger((long)value);
            else
                Head(Unsigned, (ulong)value);
        }
        else if ((double)(System.Half)value == value)
        {
            Byte(Half);
            BinaryPrimitives.WriteHalfBigEndian(Reserve(2), (System.Half)value);
        }
        else if ((float)value == value)
        {
            Byte(Single);
            BinaryPrimitives.WriteSingleBigEndian(Reserve(4), (float)value);
        }
        else if (double.IsNaN(value))
        {
            Byte(Null);
        }
        else
        {
            Byte(Double);
            BinaryPrimitives.WriteDoubleBigEndian(Reserve(8), value);
        }
    }

    // In the order of the encoded names: shorter ones first, then by their bytes.
    private void AppendMembers(ReadOnlySpan<ContextAttribute> members, int depth)
    {
        Head(Map, (ulong)members.Length);
        var order = ArrayPool<int>.Shared.Rent(members.Length);
        CborOrder.Sort(members, order.AsSpan(0, members.Length));
        foreach (var index in order.AsSpan(0, members.Length))
        {
            AppendText(members[index].Name);
            Append(in members[index].ValueReference, depth + 1);
        }

        ArrayPool<int>.Shared.Return(order);
    }

    // The kind, and a number in the fewest bytes.
    private void Head(byte kind, ulong number)
    {
        switch (number)
        {
            case < 24:
                Byte((byte)(kind | number));
                break;
            case <= byte.MaxValue:
                Byte((byte)(kind | 24));
                Byte((byte)number);
                break;
            case <= ushort.MaxValue:
                Byte((byte)(kind | 25));
                BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), (ushort)number);
                break;
            case <= uint.MaxValue:
                Byte((byte)(kind | 26));
                BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), (uint)number);
                break;
            default:
                Byte((byte)(kind | 27));
                BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), number);
                break;
        }
    }

    private void Byte(byte value) => Reserve(1)[0] = value;

    private Span<byte> Reserve(int count)
    {
        if (count > _room.Length - _length)
            Grow(count);
        var reserved = _room.Slice(_length, count);
        _length += count;
        return reserved;
    }

    private void Grow(int more)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(Math.Max(_room.Length * 2, _length + more));
        Bytes.CopyTo(pooled);
        Return();
        _pooled = pooled;
        _room = pooled;
    }
}
