using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>What a library answers about one flag and one user.</summary>
internal sealed record Answer(bool IsEnabled, string? Variant, string? Value, string? Error)
{
    /// <summary>The answer of Microsoft's own library.</summary>
    public static async Task<Answer> OfMicrosoftAsync(FeatureManager features, string key, string? user, string[]? groups)
    {
        var context = new TargetingContext { UserId = user, Groups = groups };
        try
        {
            var isEnabled = await features.IsEnabledAsync<ITargetingContext>(key, context);
            var variant = await features.GetVariantAsync(key, context);
            return new(isEnabled, variant?.Name, ConfigurationText.Of(variant?.Configuration), null);
        }
        catch (Exception fault)
        {
            return new(false, null, null, fault.Message);
        }
    }

    public static FeatureManager Microsoft(IConfiguration configuration, bool flagsAtRoot) =>
        new(new ConfigurationFeatureDefinitionProvider(configuration) { RootConfigurationFallbackEnabled = flagsAtRoot }, new FeatureManagementOptions())
        {
            FeatureFilters = [new PercentageFilter(), new TimeWindowFilter(), new ContextualTargetingFilter()],
        };
}
