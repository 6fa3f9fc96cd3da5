using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Members in the order of their first occurrence, each with its last value.</summary>
internal sealed class OrderedMembers(string collection, ICollection<SnapshotDiagnostic> diagnostics)
{
    private readonly List<KeyValuePair<string, JsonElement>> _members = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KeyValuePair<string, JsonElement>> All => _members;

    /// <param name="name">The name; null if it is not valid text.</param>
    /// <param name="value">The value.</param>
    public void Add(string? name, JsonElement value)
    {
        if (name is null)
        {
            diagnostics.Add(DiagnosticCatalog.NamelessPart($"{JsonPath.Root}.{collection}", collection));
        }
        else if (_places.TryAdd(name, _members.Count))
        {
            _members.Add(new(name, value));
        }
        else
        {
            _members[_places[name]] = new(name, value);
            diagnostics.Add(DiagnosticCatalog.DuplicateMember(JsonPath.Named(collection, name), name));
        }
    }
}
