using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProgressiveDelivery.Sdk.Benchmarks.Relays;

/// <summary>A reader of a stream that costs the process as little as possible: it counts events, and notes when each kill arrived.</summary>
internal sealed class Subscriber(int kills) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[2_048];
    private int _kills;
    private int _patches;
    private int _matched;

    /// <summary>The times at which kills arrived.</summary>
    public long[] Arrivals { get; } = new long[kills];

    public int Kills => Volatile.Read(ref _kills);

    public int Patches => Volatile.Read(ref _patches);

    public bool HasBegun { get; private set; }

    public async Task OpenAsync(int port)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        // In HTTP/1.0 there are no chunks, whose heads would come between the letters.
        await _socket.SendAsync(Encoding.ASCII.GetBytes("GET /snapshot HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"));
        _ = ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer) is > 0 and var count)
                Count(_buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    // Looks for "event: k" and "event: p": no other text of the stream has them.
    private void Count(ReadOnlySpan<byte> bytes)
    {
        var start = "event: "u8;
        foreach (var one in bytes)
        {
            if (_matched == start.Length)
                Note(one);
            _matched = _matched < start.Length && one == start[_matched] ? _matched + 1 : one == start[0] ? 1 : 0;
        }
    }

    private void Note(byte kind)
    {
        if (kind == 'k')
        {
            Arrivals[_kills] = Stopwatch.GetTimestamp();
            Volatile.Write(ref _kills, _kills + 1);
        }
        else if (kind == 'p')
        {
            Volatile.Write(ref _patches, _patches + 1);
        }
        else
        {
            HasBegun = true;
        }
    }
}
