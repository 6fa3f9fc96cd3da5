using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Finds the differences between two values by their JSON.</summary>
internal sealed class JsonDifferences
{
    private const int MaxDifferences = 64;

    private readonly List<MigrationDifference> _found = [];

    private bool IsFull => _found.Count == MaxDifferences;

    public static IReadOnlyList<MigrationDifference> Between<T>(T old, T @new, JsonTypeInfo<T> type)
    {
        var differences = new JsonDifferences();
        differences.Compare("", JsonSerializer.SerializeToElement(old, type), JsonSerializer.SerializeToElement(@new, type));
        return differences._found;
    }

    private void Compare(string path, JsonElement old, JsonElement @new)
    {
        if (IsFull)
            return;
        if (old.ValueKind == JsonValueKind.Object && @new.ValueKind == JsonValueKind.Object)
            CompareMembers(path, old, @new);
        else if (old.ValueKind == JsonValueKind.Array && @new.ValueKind == JsonValueKind.Array)
            CompareItems(path, old, @new);
        else if (!AreSame(old, @new))
            _found.Add(new(path, ValueOf(old), ValueOf(@new)));
    }

    private void CompareMembers(string path, JsonElement old, JsonElement @new)
    {
        foreach (var member in old.EnumerateObject())
            Compare(Member(path, member.Name), member.Value, @new.TryGetProperty(member.Name, out var other) ? other : default);
        foreach (var member in @new.EnumerateObject())
        {
            if (!old.TryGetProperty(member.Name, out _))
                Compare(Member(path, member.Name), default, member.Value);
        }
    }

    private void CompareItems(string path, JsonElement old, JsonElement @new)
    {
        for (var i = 0; i < Math.Max(old.GetArrayLength(), @new.GetArrayLength()) && !IsFull; i++)
            Compare(string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), Item(old, i), Item(@new, i));
    }

    private static JsonElement Item(JsonElement list, int place) => place < list.GetArrayLength() ? list[place] : default;

    // RFC 6901, section 3.
    private static string Member(string path, string name) =>
        $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static JsonElement? ValueOf(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : element;

    // Lists and objects come here only beside a value of another kind.
    private static bool AreSame(JsonElement old, JsonElement @new) => old.ValueKind == @new.ValueKind && old.ValueKind switch
    {
        JsonValueKind.String => @new.ValueEquals(old.GetString()),
        JsonValueKind.Number => AreSameNumbers(old, @new),
        _ => true,
    };

    // Stores keep decimals in different scales: 1.50 is 1.5. A double keeps the integers that no decimal holds apart enough.
    private static bool AreSameNumbers(JsonElement old, JsonElement @new) =>
        string.Equals(old.GetRawText(), @new.GetRawText(), StringComparison.Ordinal)
        || (old.TryGetDecimal(out var one) && @new.TryGetDecimal(out var other) ? one == other : old.GetDouble().Equals(@new.GetDouble()));
}
