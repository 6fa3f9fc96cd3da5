using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>Everybody's answers at one moment, to hold against those of another.</summary>
internal static class Answers
{
    public static (bool NewCheckout, string Banner)[] Of(IFeatureClient features)
    {
        var snapshot = features.GetSnapshot();
        return [.. Visitor.Many.Select(visitor => (snapshot.IsEnabled(Flags.NewCheckout, visitor), snapshot.Get(Flags.Banner, visitor)))];
    }
}
