using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A CIDR block. A v4 block holds v4 addresses and mapped ones; a v6 block holds v6 addresses, mapped ones among them.</summary>
internal readonly struct NetworkBlock
{
    private readonly UInt128 _bits;
    private readonly UInt128 _mask;
    private readonly bool _isV4;

    private NetworkBlock(NetworkAddress address, UInt128 mask)
    {
        _bits = address.Bits & mask;
        _mask = mask;
        _isV4 = address.IsV4;
    }

    public static bool TryParse(string text, out NetworkBlock block) => TryParse(text, allowsHost: false, out block);

    /// <summary>Reads a block.</summary>
    /// <param name="text">An address, or one with a prefix length.</param>
    /// <param name="allowsHost">True if bits behind the prefix may be set; they are ignored.</param>
    /// <param name="block">The block.</param>
    public static bool TryParse(string text, bool allowsHost, out NetworkBlock block)
    {
        block = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!NetworkAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
            return false;

        var width = address.IsV4 ? 32 : 128;
        var length = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > width))
            return false;
        if (slash >= 0 && ((text.Length - slash > 2 && text[slash + 1] == '0') || text.EndsWith('\0')))
            return false;

        var host = width - length;
        var mask = host == 128 ? 0 : UInt128.MaxValue << host;
        if (!allowsHost && (address.Bits & ~mask) != 0)
            return false;
        block = new(address, mask);
        return true;
    }

    public bool Contains(NetworkAddress address) =>
        (_isV4 ? address.IsMapped : !address.IsV4) && (address.Bits & _mask) == _bits;
}
