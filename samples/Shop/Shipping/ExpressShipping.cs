namespace Shop.Shipping;

/// <summary>The service of those whose variant is express.</summary>
internal sealed class ExpressShipping : IShipping
{
    public string Offer() => "Tomorrow";
}
