using System.Net;
using System.Net.Sockets;

namespace ProgressiveDelivery.Sdk.Benchmarks.Events;

/// <summary>An HTTP endpoint on the loopback interface that reads each request to its end and accepts it.</summary>
internal sealed class LoopbackCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _running;

    public LoopbackCollector()
    {
        Address = $"http://127.0.0.1:{FreePort()}/events/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _running = RunAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
        _listener.Close();
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var request = await _listener.GetContextAsync();
                await request.Request.InputStream.CopyToAsync(Stream.Null);
                request.Response.StatusCode = (int)HttpStatusCode.Accepted;
                request.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
            {
                return;
            }
        }
    }

    // HttpListener cannot choose a port itself.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
