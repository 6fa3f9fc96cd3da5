namespace ProgressiveDelivery.Sdk.Sources.Http;

/// <summary>
/// Detects a body that cannot be the backend's whole answer, before any format reads it: the page of a proxy or a captive portal,
/// or JSON without its end, after a wrong length on the way.
/// </summary>
internal static class BodyShape
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    public static void Check(ReadOnlySpan<byte> body, string? mediaType, HttpFaults faults)
    {
        var text = (body.StartsWith(ByteOrderMark) ? body[3..] : body).Trim(WhiteSpace);
        if (text.IsEmpty) throw faults.Unacceptable("an empty body", "A snapshot without flags is still a document; check the backend.");
        if (IsPage(mediaType) || text[0] == '<')
            throw faults.NotASnapshot("a web page in place of a snapshot", "It looks like a captive portal or proxy page; check the network and the address.");
        if (text[0] == '{' && text[^1] != '}') throw faults.CutOff();
    }

    public static bool IsPage(string? mediaType) =>
        string.Equals(mediaType, "text/html", StringComparison.OrdinalIgnoreCase)
        || string.Equals(mediaType, "application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
}
