using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>A reader of a stream that sees every line, comments included.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (Response, _lines) = (response, new(body));

    public HttpResponseMessage Response { get; }

    public static async Task<EventReader> OpenAsync(HttpClient http, string path, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Wait.Patience);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Returns the next event or comment; null at the end.</summary>
    public async Task<SentEvent?> NextAsync()
    {
        string? type = null, data = null, id = null;
        while (await _lines.ReadLineAsync().WaitAsync(Wait.Patience) is { } line)
        {
            if (line.Length == 0)
                return new(type, data, id);
            var (name, value) = line.Split(": ", 2) is [var first, var rest] ? (first, rest) : (line, "");
            if (name == "event")
                type = value;
            else if (name == "id")
                id = value;
            else if (name == "data")
                data = data is null ? value : $"{data}\n{value}";
            else if (line[0] == ':')
                data = line;
        }

        return null;
    }

    /// <summary>Returns the next event that is no heartbeat and no comment.</summary>
    public async Task<SentEvent> NextChangeAsync()
    {
        while (true)
        {
            var next = await NextAsync() ?? throw new EndOfStreamException();
            if (next.Type is not (null or "heartbeat"))
                return next;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        Response.Dispose();
    }
}

/// <summary>What one event says.</summary>
internal sealed record SentEvent(string? Type, string? Data, string? Id);
