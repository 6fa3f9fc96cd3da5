namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>Shortens the messages of faults for places that name the source and the outcome beside them.</summary>
internal static class FaultWords
{
    private static readonly string[] Openings = ["sent a snapshot that is rejected: ", "sent a patch that is rejected: ", "is behind: "];

    /// <summary>Returns a message without the name of its source, the outcome, and the place in the document. Another message stays as it is.</summary>
    public static string Brief(string message, string source)
    {
        var named = $"Source '{source}' ";
        if (!message.StartsWith(named, StringComparison.Ordinal) || Array.Find(Openings, opening => message.AsSpan(named.Length).StartsWith(opening, StringComparison.Ordinal)) is not { } opening)
            return message;
        var said = message[(named.Length + opening.Length)..];
        // A diagnostic begins with its id, its severity and a path: 'PD1007 Fatal at $.assertions[0]: …'.
        return said.StartsWith("PD", StringComparison.Ordinal) && said.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end && said[..end].Contains(" at ", StringComparison.Ordinal) ? said[(end + 2)..] : said;
    }
}
