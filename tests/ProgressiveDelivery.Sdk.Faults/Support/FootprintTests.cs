using System.Diagnostics;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>The check of every scenario notices a client's leaks, and nothing else.</summary>
public sealed class FootprintTests
{
    [LinuxFact]
    public void OpenSocketIsNoticed()
    {
        var before = Footprint.Take();

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Footprint.Take().IsBackTo(before, clients: 0).Should().BeFalse();
    }

    [LinuxFact]
    public void OpenFileIsNoticed()
    {
        using var folder = new TempFolder();
        var before = Footprint.Take();

        using var file = File.Create(folder.File("left-open"));

        Footprint.Take().IsBackTo(before, clients: 0).Should().BeFalse();
    }

    [LinuxFact]
    public void ThreadOfItsOwnIsNoticed()
    {
        var before = Footprint.Take();
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var thread = new Thread(() => { started.Set(); gate.Wait(); }) { Name = "left" };
        thread.Start();
        started.Wait();

        Footprint.Take().IsBackTo(before, clients: 0).Should().BeFalse();

        gate.Set();
        thread.Join();
    }

    [LinuxFact]
    public void PipesOfChildProcessesAreNotCounted()
    {
        var before = Footprint.Take();

        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;

        Footprint.Take().Handles.Should().HaveCount(before.Handles.Count);
        child.StandardInput.Dispose();
        child.WaitForExit();
        child.StandardOutput.Dispose();
    }
}
