using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>What the scripted server does with one connection; it is closed afterwards.</summary>
internal delegate Task ScriptedReply(Socket socket, CancellationToken stopping);

/// <summary>The replies that tests script.</summary>
internal static class Reply
{
    public static ScriptedReply Ok(string body, params string[] headers) => Ok(Encoding.UTF8.GetBytes(body), headers);

    public static ScriptedReply Ok(byte[] body, params string[] headers) =>
        Raw("200 OK", [.. headers, $"Content-Length: {body.Length}"], body);

    public static ScriptedReply Status(string status, params string[] headers) => Raw(status, [.. headers, "Content-Length: 0"], []);

    public static ScriptedReply NotModified(params string[] headers) => Raw("304 Not Modified", headers, []);

    /// <summary>A reply whose headers need not tell the truth about its body.</summary>
    public static ScriptedReply Raw(string status, IEnumerable<string> headers, byte[] body) => async (socket, stopping) =>
    {
        await SendHeadAsync(socket, status, headers, stopping);
        await SendAsync(socket, body, stopping);
        socket.Shutdown(SocketShutdown.Send);
    };

    /// <summary>A reply that ends in a reset.</summary>
    public static ScriptedReply Reset(byte[] body, params string[] headers) => async (socket, stopping) =>
    {
        await SendHeadAsync(socket, "200 OK", headers, stopping);
        await SendAsync(socket, body, stopping);
        socket.LingerState = new(enable: true, seconds: 0);
        socket.Close();
    };

    /// <summary>Nothing at all, until the client gives up.</summary>
    public static ScriptedReply Stall() => (_, stopping) => Task.Delay(Timeout.Infinite, stopping);

    /// <summary>Headers, then one byte for each pace that is released.</summary>
    public static ScriptedReply Trickle(byte[] body, SemaphoreSlim pace) => async (socket, stopping) =>
    {
        await SendHeadAsync(socket, "200 OK", [$"Content-Length: {body.Length}"], stopping);
        for (var i = 0; i < body.Length; i++)
        {
            await pace.WaitAsync(stopping);
            await SendAsync(socket, body.AsMemory(i, 1), stopping);
        }
    };

    public static byte[] Gzip(byte[] body) => Compress(body, stream => new GZipStream(stream, CompressionLevel.Optimal));

    public static byte[] Brotli(byte[] body) => Compress(body, stream => new BrotliStream(stream, CompressionLevel.Fastest));

    private static byte[] Compress(byte[] body, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(body);
        return compressed.ToArray();
    }

    public static Task SendHeadAsync(Socket socket, string status, IEnumerable<string> headers, CancellationToken stopping) =>
        SendAsync(
            socket,
            Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n"),
            stopping);

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, stopping)..];
    }
}
