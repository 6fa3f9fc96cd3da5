namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>Who asks: 1,024 callers with five attributes each, in the form of either side.</summary>
internal static class Callers
{
    public const int Count = 1_024;
    public const int FewCount = 32;

    public static EvaluationContext[] Contexts { get; } =
        [.. Enumerable.Range(0, Count).Select(index => new EvaluationContext(Key(index))
        {
            ["country"] = "NL",
            ["appVersion"] = "4.2.0",
            ["plan"] = "free",
            ["age"] = 42,
            ["beta"] = false,
        })];

    public static PeerCaller[] Peers { get; } =
        [.. Enumerable.Range(0, Count).Select(index => new PeerCaller { UserId = Key(index), Groups = ["free"], Country = "NL" })];

    /// <summary>As many as a peer can be asked about in reasonable time where it needs half a millisecond for each.</summary>
    public static PeerCaller[] FewPeers { get; } = Peers[..FewCount];

    public static EvaluationContext Context => Contexts[0];

    public static PeerCaller Peer => Peers[0];

    public static string Key(int index) => $"user-{index:00000}-7f3a";
}
