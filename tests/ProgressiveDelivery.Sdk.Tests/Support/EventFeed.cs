using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A response that goes on for as long as the test has something to send.</summary>
internal sealed class EventFeed
{
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isReset;

    /// <summary>Done once the client has hung up.</summary>
    public Task HungUp => _hungUp.Task.WaitAsync(Refresh.Until.Patience);

    public EventFeed Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public EventFeed Send(byte[] piece)
    {
        _pieces.Writer.TryWrite(piece);
        return this;
    }

    /// <summary>Sends an event as a well-behaved backend does.</summary>
    public EventFeed Event(string type, string data, string? id = null) =>
        Send($"event: {type}\n{(id is null ? "" : $"id: {id}\n")}data: {data}\n\n");

    public EventFeed Heartbeat() => Event("heartbeat", "{}");

    /// <summary>Ends the response as it should be ended.</summary>
    public EventFeed End()
    {
        _pieces.Writer.TryComplete();
        return this;
    }

    /// <summary>Breaks the connection off.</summary>
    public EventFeed Reset()
    {
        _isReset = true;
        return End();
    }

    public ScriptedReply Reply(params string[] headers) => async (socket, stopping) =>
    {
        await Support.Reply.SendHeadAsync(socket, "200 OK", headers.Length > 0 ? headers : ["Content-Type: text/event-stream"], stopping);
        _ = WatchAsync(socket, stopping);
        await foreach (var piece in _pieces.Reader.ReadAllAsync(stopping)) await Support.Reply.SendAsync(socket, piece, stopping);
        if (_isReset) socket.LingerState = new(enable: true, seconds: 0);
        else socket.Shutdown(SocketShutdown.Send);
    };

    private async Task WatchAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            while (await socket.ReceiveAsync(new byte[16], stopping) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // That is an end, too.
        }

        _hungUp.TrySetResult();
    }
}
