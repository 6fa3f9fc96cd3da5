using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.Benchmarks.Workloads;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>Both sides must answer alike before they are timed; what each hashes in its own way must come out in the same shares.</summary>
internal static class AnswerCheck
{
    private const double ShareTolerance = 0.05;

    public static void Run()
    {
        var ours = OurClient.Create().Features;
        var peer = PeerClient.Create();
        foreach (var shape in new[] { FlagShape.On, FlagShape.AttributeRule, FlagShape.Off })
            SameAnswers(ours, peer, FlagKeys.Middle(shape));
        SameAnswers(ours, peer, FlagKeys.Unknown);

        var rollout = FlagKeys.Middle(FlagShape.Rollout);
        Share("a 25 % rollout of ours", 0.25, Callers.Contexts.Count(context => ours.IsEnabled(rollout, context)));
        Share("a 25 % rollout of the peer's", 0.25, Callers.Peers.Count(caller => PeerClient.Answer(peer.IsEnabledAsync(rollout, caller))));

        var banner = FlagKeys.Middle(FlagShape.ThreeRules);
        foreach (var (text, share) in new[] { ("Welcome", 0.5), ("Hi", 0.25), ("Welcome back to the shop", 0.25) })
        {
            Share($"'{text}' of ours", share, Callers.Contexts.Count(context => ours.GetString(banner, context, "") == text));
            Share($"'{text}' of the peer's", share, Callers.Peers.Count(caller => PeerClient.Answer(peer.GetVariantAsync(banner, caller)).Configuration.Value == text));
        }
    }

    private static void SameAnswers(IFeatureClient ours, IVariantFeatureManager peer, string key)
    {
        for (var i = 0; i < Callers.Count; i++)
        {
            var (mine, theirs) = (ours.IsEnabled(key, Callers.Contexts[i]), PeerClient.Answer(peer.IsEnabledAsync(key, Callers.Peers[i])));
            if (mine != theirs)
                throw new InvalidOperationException($"Flag '{key}' is {mine} here and {theirs} at the peer, for '{Callers.Key(i)}'. Make the two snapshots the same.");
        }
    }

    private static void Share(string what, double expected, int count)
    {
        var share = (double)count / Callers.Count;
        if (Math.Abs(share - expected) > ShareTolerance)
            throw new InvalidOperationException($"The share of {what} is {share:P1} and should be near {expected:P0}. Make the two snapshots the same.");
    }
}
