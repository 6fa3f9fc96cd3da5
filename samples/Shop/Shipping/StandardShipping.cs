namespace Shop.Shipping;

/// <summary>The service of everybody.</summary>
internal sealed class StandardShipping : IShipping
{
    public string Offer() => "In three days";
}
