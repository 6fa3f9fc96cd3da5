using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads an object of names and definitions: flags, segments, layers, holdouts.</summary>
internal static class CollectionReader
{
    /// <summary>Every definition of a collection, in the document's order; none where it is absent.</summary>
    public static List<T> ReadAll<T>(ReadState state, in Members members, string collection, Func<ReadState, string, JsonElement, T> read)
    {
        if (!members.Has(collection))
            return [];

        state.Enter(collection);
        var definitions = new List<T>();
        foreach (var (name, element) in state.NamedMembersOf(members[collection], []))
        {
            if (element.ValueKind == JsonValueKind.Null)
                continue;
            state.EnterKey(name);
            definitions.Add(read(state, name, element));
            state.Leave();
        }

        state.End();
        state.Leave();
        return definitions;
    }

    /// <summary>Whether an object has more than so many members.</summary>
    public static bool HasMoreThan(JsonElement element, int limit)
    {
        foreach (var _ in element.EnumerateObject())
        {
            if (--limit < 0)
                return true;
        }

        return false;
    }
}
