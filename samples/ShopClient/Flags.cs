using ProgressiveDelivery.Sdk;

namespace ShopClient;

/// <summary>The flags of the shop's pages.</summary>
internal static class Flags
{
    public static readonly FeatureFlag<string> Banner = new("banner", fallback: "Welcome");
}
