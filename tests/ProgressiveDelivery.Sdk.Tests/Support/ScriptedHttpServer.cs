using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Answers each connection with the next reply of a script, byte for byte, so that it can do what no web server would.</summary>
internal sealed class ScriptedHttpServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ScriptedReply> _script = Channel.CreateUnbounded<ScriptedReply>();
    private readonly Channel<ScriptedRequest> _requests = Channel.CreateUnbounded<ScriptedRequest>();
    private int _served;

    public ScriptedHttpServer(IPAddress? address = null)
    {
        _listener = new(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        Address = new($"http://{_listener.LocalEndpoint}/snapshot");
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>How many requests have come.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>Adds a reply to the script.</summary>
    public ScriptedHttpServer Then(ScriptedReply reply)
    {
        _script.Writer.TryWrite(reply);
        return this;
    }

    /// <summary>The next request that came, waited for.</summary>
    public async Task<ScriptedRequest> RequestAsync() =>
        await _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var stopping = _stopping.Token;
        try
        {
            while (true) _ = ConverseAsync(await _listener.AcceptSocketAsync(stopping), stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(Socket socket, CancellationToken stopping)
    {
        using var connection = socket;
        try
        {
            var request = await ReadRequestAsync(socket, stopping);
            if (request is null) return;
            Interlocked.Increment(ref _served);
            _requests.Writer.TryWrite(request);
            var reply = await _script.Reader.ReadAsync(stopping);
            await reply(socket, stopping);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client broke off, or the test is over.
        }
    }

    private static async Task<ScriptedRequest?> ReadRequestAsync(Socket socket, CancellationToken stopping)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, stopping);
            if (count == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return ScriptedRequest.Parse(text.ToString());
    }
}
