using System.Net.Http.Headers;

namespace Shop.Tour;

/// <summary>A browser with its cookies. They are secure: a browser sends them to this machine in plain HTTP too, and so does this one.</summary>
/// <param name="client">Sends requests.</param>
internal sealed class Visitor(HttpClient client)
{
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>Sends a request.</summary>
    /// <returns>The status, and the text of the answer.</returns>
    public async Task<(int Status, string Text)> SendAsync(string address, HttpMethod? method = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        if (_cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (header is { } given)
            request.Headers.Add(given.Name, given.Value);
        using var response = await client.SendAsync(request);
        Keep(response.Headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private void Keep(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Set-Cookie", out var cookies))
            return;
        foreach (var cookie in cookies)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }
    }
}
