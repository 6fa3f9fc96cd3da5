using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Something between client and server: takes connections, and copies bytes both ways once it has agreed to.</summary>
internal abstract class Relay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();

    protected Relay()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    public virtual void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Agrees with the client on a stream to copy to and from the server; null where they part.</summary>
    protected abstract Task<Stream?> AgreeAsync(Stream client, Stream server, CancellationToken stopping);

    /// <summary>Where everything is sent to in the end.</summary>
    protected abstract Uri Target { get; }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync(_stopping.Token), _stopping.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket accepted, CancellationToken stopping)
    {
        try
        {
            await using var client = new NetworkStream(accepted, ownsSocket: true);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Target.Host, Target.Port, stopping);
            await using var server = new NetworkStream(socket, ownsSocket: false);
            await using var agreed = await AgreeAsync(client, server, stopping);
            if (agreed is null) return;
            using var apart = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var (there, back) = (agreed.CopyToAsync(server, apart.Token), server.CopyToAsync(agreed, apart.Token));
            await Task.WhenAny(there, back);
            await apart.CancelAsync();
            await Task.WhenAll(there, back);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // One of them broke off.
        }
    }
}
