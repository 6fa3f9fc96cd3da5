using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>
/// The bytes of a stream of events: the same events however they are split, and rules that follow them and answer exactly as the
/// same definitions compiled from the beginning.
/// </summary>
internal sealed class StreamTarget : IFuzzTarget
{
    public string Name => "stream";

    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var events = EventBytes.Read(input, piece: input.Length, FuzzLimits.MaxEvent);
        Promise.Same(Facts(EventBytes.Read(input, piece: 3, FuzzLimits.MaxEvent)), Facts(events), "events of a stream in pieces");

        var tight = EventBytes.Read(input, piece: 50, FuzzLimits.TightEvent);
        Promise.Same(Facts(tight), Facts(events.Take(tight.Count)), "events of a stream with a limit");
        Promise.Holds(tight.All(one => one.Data.Length <= FuzzLimits.TightEvent));

        var rules = new FollowedRules();
        foreach (var next in events)
            rules.Take(next);
        Promise.WithinBudget(input, before);
    }

    private static List<(string, string, string?)> Facts(IEnumerable<StreamEvent> events) =>
        [.. events.Select(one => (one.Type, Convert.ToHexString(one.Data), one.Id))];
}
