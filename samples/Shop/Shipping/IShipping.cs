namespace Shop.Shipping;

/// <summary>Sends what was bought.</summary>
internal interface IShipping
{
    string Offer();
}
