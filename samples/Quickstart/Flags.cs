using ProgressiveDelivery.Sdk;

namespace Quickstart;

/// <summary>The application's flags, declared once: key, type, and what is answered when there are no rules.</summary>
internal static class Flags
{
    public static readonly FeatureFlag<bool> NewCheckout = new("new-checkout", fallback: false);

    public static readonly FeatureFlag<bool> ExpressPay = new("express-pay", fallback: false);

    public static readonly FeatureFlag<string> Banner = new("banner", fallback: "Welcome");

    public static readonly FeatureFlag<int> DeliveryDays = new("delivery-days", fallback: 5);
}
