using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>One file of cases.</summary>
internal sealed class ConformanceSuite
{
    private readonly JsonElement _root;

    private ConformanceSuite(JsonElement root) => _root = root;

    public string Name => _root.GetProperty("suite").GetString()!;

    public IEnumerable<JsonElement> Cases => _root.GetProperty("cases").EnumerateArray();

    public JsonElement Snapshot(string name) => _root.GetProperty("snapshots").GetProperty(name);

    public static ConformanceSuite Load(string vendor, string suite)
    {
        var text = File.ReadAllBytes(Path.Combine(ConformanceFolder.Path, vendor, suite + ".json"));
        return new(JsonDocument.Parse(text, new() { MaxDepth = 512 }).RootElement);
    }
}
