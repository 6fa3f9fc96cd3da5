namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The place of the overrides in the pipeline.</summary>
internal sealed class OverridePlacement
{
    private volatile bool _isExplicit;

    /// <summary>Indicates whether the application chose the place.</summary>
    public bool IsExplicit
    {
        get => _isExplicit;
        set => _isExplicit = value;
    }
}
