using System.Net;
using System.Net.Sockets;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>An address whose packets vanish: a listener that accepts nobody and whose queue is full, so that the kernel drops every further SYN.</summary>
internal sealed class BlackHole : IDisposable
{
    private const int MoreThanTheQueue = 4;

    private readonly Socket _listener = NewSocket();
    private readonly List<Socket> _queued = [];

    public BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Address = new($"http://{_listener.LocalEndPoint}/snapshot");
        for (var i = 0; i < MoreThanTheQueue; i++) Queue();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        foreach (var socket in _queued) socket.Dispose();
        _listener.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private void Queue()
    {
        var socket = NewSocket();
        socket.Blocking = false;
        try
        {
            socket.Connect(_listener.LocalEndPoint!);
        }
        catch (SocketException underWay) when (underWay.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The kernel goes on with it.
        }

        _queued.Add(socket);
    }
}
