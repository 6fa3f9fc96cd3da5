using Microsoft.Extensions.Time.Testing;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>What the runtime keeps for good once something is first done (its socket engine, its code) is no fault of who does it.</summary>
internal static class WarmUp
{
    /// <summary>Done once a client was started over a socket, and ended.</summary>
    public static Task Once { get; } = RunAsync();

    private static async Task RunAsync()
    {
        using var server = new ScriptedHttpServer();
        server.Then(Reply.Ok(Document.Of(1)));
        await using var subject = new Subject(new FakeTimeProvider(), flags => flags.FromHttp(server.Address.ToString()));
        await subject.StartHostAsync();
    }
}
