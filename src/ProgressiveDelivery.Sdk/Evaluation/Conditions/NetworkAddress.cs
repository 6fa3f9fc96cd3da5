using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>An IPv4 or IPv6 address as a number. IPv4 addresses are kept as IPv6 maps them, ::ffff:a.b.c.d.</summary>
internal readonly record struct NetworkAddress(UInt128 Bits, bool IsV4)
{
    private const int MaxText = 45;

    private static readonly UInt128 MappedPrefix = new(0, 0xFFFF_0000_0000);

    public bool IsMapped => Bits >> 32 == MappedPrefix >> 32;

    public static bool TryParse(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        address = default;
        // Numbers are read with NUL characters behind their digits, which addresses do not have.
        if (text.IsEmpty || text.Length > MaxText || text.Contains('\0'))
            return false;
        return text.Contains(':') ? TryParseV6(text, out address) : TryParseV4Address(text, out address);
    }

    private static bool TryParseV4Address(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        var parsed = TryParseV4(text, out var bits);
        address = new(MappedPrefix | bits, IsV4: true);
        return parsed;
    }

    private static bool TryParseV4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        for (var part = 0; part < 4; part++)
        {
            var dot = text.IndexOf('.');
            var digits = dot < 0 ? text : text[..dot];
            if (dot < 0 != (part == 3) || digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return false;
            bits = (bits << 8) | value;
            text = text[(dot + 1)..];
        }

        return true;
    }

    // RFC 4291, 2.2: groups of up to four hexadecimal digits, one "::" for a run of zeros, an IPv4 tail allowed.
    private static bool TryParseV6(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        address = default;
        UInt128 head = 0, tail = 0;
        int headGroups = 0, tailGroups = 0;
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            if (!TryParseGroups(text, ref head, ref headGroups) || headGroups != 8)
                return false;
            address = new(head, IsV4: false);
            return true;
        }

        var left = text[..gap];
        var right = text[(gap + 2)..];
        if ((!left.IsEmpty && (left.Contains('.') || !TryParseGroups(left, ref head, ref headGroups)))
            || (!right.IsEmpty && !TryParseGroups(right, ref tail, ref tailGroups))
            || headGroups + tailGroups > 7)
            return false;
        address = new((headGroups == 0 ? 0 : head << (16 * (8 - headGroups))) | tail, IsV4: false);
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<char> text, ref UInt128 bits, ref int groups)
    {
        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                groups += 2;
                var parsed = TryParseV4(group, out var v4);
                bits = (bits << 32) | v4;
                return parsed && groups <= 8;
            }

            if (group.Length is 0 or > 4 || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || ++groups > 8)
                return false;
            bits = (bits << 16) | value;
            if (colon < 0)
                return true;
            text = text[(colon + 1)..];
        }
    }
}
