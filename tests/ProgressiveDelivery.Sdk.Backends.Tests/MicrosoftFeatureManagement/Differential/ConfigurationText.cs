using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>Spells a value as configuration has it: all keys and texts.</summary>
internal static class ConfigurationText
{
    public static string? Of(IConfigurationSection? section)
    {
        if (section is null || !section.Exists())
            return null;
        IConfigurationSection[] children = [.. section.GetChildren()];
        return children.Length == 0 ? $"'{section.Value}'" : $"{{{string.Join(", ", children.Select(child => $"{child.Key}: {Of(child)}"))}}}";
    }

    /// <summary>Spells JSON as configuration would have it.</summary>
    public static string? Of(string? json)
    {
        using var document = json is null ? null : JsonDocument.Parse(json);
        using var stream = new MemoryStream(json is null ? [] : System.Text.Encoding.UTF8.GetBytes($$"""{ "value": {{json}} }"""));
        return json is null ? null : Of(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("value"));
    }
}
