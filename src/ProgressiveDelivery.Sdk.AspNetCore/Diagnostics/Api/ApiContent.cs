using System.Text.Json.Serialization;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>The content of an answer. A member that is null is left out.</summary>
internal abstract record ApiContent
{
    /// <summary>The version of the API. Within it, members are only added.</summary>
    [JsonPropertyOrder(-1)]
    public int ApiVersion { get; } = 1;
}
