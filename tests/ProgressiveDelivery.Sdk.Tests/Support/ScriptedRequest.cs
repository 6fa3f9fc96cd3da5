namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A request as it came over the wire.</summary>
internal sealed record ScriptedRequest(string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static ScriptedRequest Parse(string head, string body)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        return new(lines[0].Split(' ')[1], headers, body);
    }
}
