using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>A client whose flags testers may override.</summary>
/// <param name="Client">The name of the client; null for the one without a name.</param>
internal sealed record OverrideRegistration(string? Client)
{
    /// <summary>The name for people.</summary>
    public string Label => Client ?? "default";

    public string OptionsName => Client ?? Options.DefaultName;
}
