namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>A sink with a name that can be relied on.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="Name">Its name, unique among the client's sinks.</param>
/// <param name="IsOwned">True if the client disposes it.</param>
internal sealed record EventSinkHandle(IEventSink Sink, string Name, bool IsOwned)
{
    private const int MaxName = 200;

    /// <summary>Names sinks. A sink without a name of its own gets that of its type, and of two equal names the second gets a number.</summary>
    public static EventSinkHandle[] Of(IEnumerable<(IEventSink Sink, bool IsOwned)> sinks)
    {
        var handles = new List<EventSinkHandle>();
        foreach (var (sink, isOwned) in sinks)
        {
            var own = NameOf(sink);
            var name = own;
            for (var number = 2; handles.Exists(handle => handle.Name == name); number++)
                name = FormattableString.Invariant($"{own} ({number})");
            handles.Add(new(sink, name, isOwned));
        }

        return [.. handles];
    }

    /// <summary>Disposes the sink if the client owns it. Runs apart, and never fails.</summary>
    public Task DisposeAsync() => !IsOwned ? Task.CompletedTask : Task.Run(async () =>
    {
        try
        {
            if (Sink is IAsyncDisposable other)
                await other.DisposeAsync().ConfigureAwait(false);
            else
                (Sink as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // All events are counted by then.
        }
    });

    private static string NameOf(IEventSink sink)
    {
        try
        {
            var name = sink.Name;
            return string.IsNullOrWhiteSpace(name) ? sink.GetType().Name : name.Length <= MaxName ? name : name[..MaxName];
        }
        catch (Exception)
        {
            return sink.GetType().Name;
        }
    }
}
