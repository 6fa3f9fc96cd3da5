using ProgressiveDelivery.Sdk;

namespace Observability;

/// <summary>The shop's flags.</summary>
internal static class Flags
{
    public static readonly FeatureFlag<bool> NewCheckout = new("new-checkout", fallback: false);

    public static readonly FeatureFlag<string> Banner = new("banner", fallback: "Welcome");
}
