using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Answers each connection with the next reply of a script, byte for byte, so that it can do what no web server would.</summary>
internal sealed class ScriptedHttpServer : IDisposable
{
    private readonly EndPoint _endPoint;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ScriptedReply> _script = Channel.CreateUnbounded<ScriptedReply>();
    private readonly Channel<ScriptedRequest> _requests = Channel.CreateUnbounded<ScriptedRequest>();
    private Socket _listener;
    private ScriptedReply? _otherwise;
    private int _served;
    private int _open;

    public ScriptedHttpServer(IPAddress? address = null)
    {
        _listener = Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        _endPoint = _listener.LocalEndPoint!;
        Address = new($"http://{_endPoint}/snapshot");
        Listen();
    }

    public Uri Address { get; }

    /// <summary>How many requests have come.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>How many connections are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Adds a reply to the script.</summary>
    public ScriptedHttpServer Then(ScriptedReply reply)
    {
        _script.Writer.TryWrite(reply);
        return this;
    }

    /// <summary>Answers whatever the script has no reply for.</summary>
    public ScriptedHttpServer Otherwise(ScriptedReply reply)
    {
        _otherwise = reply;
        return this;
    }

    /// <summary>Refuses connections from now on. The port stays its own; what is open stays open.</summary>
    public ScriptedHttpServer Refuse()
    {
        _listener.Dispose();
        _listener = Bind(_endPoint);
        return this;
    }

    /// <summary>Takes connections, at first and again.</summary>
    public void Listen()
    {
        _listener.Listen();
        _ = ServeAsync(_listener);
    }

    /// <summary>The next request that came, waited for.</summary>
    public async Task<ScriptedRequest> RequestAsync() =>
        await _requests.Reader.ReadAsync().AsTask().WaitAsync(Refresh.Until.Patience);

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private static Socket Bind(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        return socket;
    }

    private async Task ServeAsync(Socket listener)
    {
        try
        {
            while (true) _ = ConverseAsync(await listener.AcceptAsync(_stopping.Token), _stopping.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It listens no more, or the test is over.
        }
    }

    private async Task ConverseAsync(Socket socket, CancellationToken stopping)
    {
        using var connection = socket;
        Interlocked.Increment(ref _open);
        try
        {
            var request = await ReadRequestAsync(socket, stopping);
            if (request is null) return;
            Interlocked.Increment(ref _served);
            _requests.Writer.TryWrite(request);
            await (await NextReplyAsync(stopping))(socket, stopping);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client broke off, or the test is over.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async ValueTask<ScriptedReply> NextReplyAsync(CancellationToken stopping) =>
        _script.Reader.TryRead(out var next) ? next : _otherwise ?? await _script.Reader.ReadAsync(stopping);

    private static async Task<ScriptedRequest?> ReadRequestAsync(Socket socket, CancellationToken stopping)
    {
        const string EndOfHead = "\r\n\r\n";
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, stopping);
            if (count == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            var sofar = text.ToString();
            var end = sofar.IndexOf(EndOfHead, StringComparison.Ordinal);
            if (end < 0) continue;
            var request = ScriptedRequest.Parse(sofar[..end], sofar[(end + EndOfHead.Length)..]);
            if (request.Body.Length >= int.Parse(request["Content-Length"] ?? "0", CultureInfo.InvariantCulture)) return request;
        }
    }
}
