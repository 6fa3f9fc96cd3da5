using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A proxy that wants credentials, tunnels (<c>CONNECT</c>) and forwards, and takes every name for one server's.</summary>
internal sealed class ScriptedProxy(Uri target, string user, string password) : Relay
{
    private readonly string _expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    private int _refused;
    private int _passed;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>How many requests came without the right credentials.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>How many were let through.</summary>
    public int Passed => Volatile.Read(ref _passed);

    protected override Uri Target => target;

    protected override async Task<Stream?> AgreeAsync(Stream client, Stream server, CancellationToken stopping)
    {
        var head = await ReadHeadAsync(client, stopping);
        if (head is null) return null;
        if (!head.Contains($"Proxy-Authorization: {_expected}\r\n", StringComparison.OrdinalIgnoreCase))
        {
            Interlocked.Increment(ref _refused);
            await SendAsync(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"gate\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", stopping);
            return null;
        }

        Interlocked.Increment(ref _passed);
        if (head.StartsWith("CONNECT ", StringComparison.Ordinal)) await SendAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n", stopping);
        else await SendAsync(server, head, stopping);
        return client;
    }

    private static async Task<string?> ReadHeadAsync(Stream client, CancellationToken stopping)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await client.ReadAsync(one, stopping) == 0) return null;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static ValueTask SendAsync(Stream stream, string text, CancellationToken stopping) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), stopping);
}
