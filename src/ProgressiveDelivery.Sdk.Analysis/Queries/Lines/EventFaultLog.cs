using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Counts the lines that are no events, and keeps the first ones of each rule.</summary>
/// <param name="maxPerRule">The number to keep for each rule.</param>
internal sealed class EventFaultLog(int maxPerRule)
{
    private const int ExcerptLength = 120;

    private readonly long[] _counts = new long[Enum.GetValues<EventFaultRule>().Length];
    private readonly List<EventFault> _faults = [];

    public IReadOnlyList<EventFault> Faults => _faults;

    public long Count(EventFaultRule rule) => _counts[(int)rule];

    public void Add(string file, long line, EventFaultRule rule, string reason, ReadOnlySpan<byte> text)
    {
        if (_counts[(int)rule]++ < maxPerRule)
            _faults.Add(new(file, line, rule, reason, Excerpt(text)));
    }

    // Bytes that are not UTF-8 become U+FFFD, and control characters a dot, so that a terminal shows the line as it is.
    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, ExcerptLength * 4)]);
        var isCut = text.Length > ExcerptLength || line.Length > ExcerptLength * 4;
        var excerpt = new StringBuilder(isCut ? text[..Math.Min(text.Length, ExcerptLength)] : text);
        for (var i = 0; i < excerpt.Length; i++)
            excerpt[i] = char.IsControl(excerpt[i]) ? '·' : excerpt[i];
        return isCut ? excerpt.Append('…').ToString() : excerpt.ToString();
    }
}
