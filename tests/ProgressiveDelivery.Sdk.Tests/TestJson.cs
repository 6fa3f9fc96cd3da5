using System.Text.Json.Serialization;

namespace ProgressiveDelivery.Sdk.Tests;

public sealed record Theme(string Name, int Depth);

/// <summary>Refuses what it does not like, as types that guard themselves do.</summary>
public sealed class GuardedTheme
{
    public string Name
    {
        get;
        set => field = value == "forbidden" ? throw new ArgumentException("This name is not allowed.", nameof(value)) : value;
    } = "";
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Theme))]
[JsonSerializable(typeof(GuardedTheme))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class TestJson : JsonSerializerContext;
