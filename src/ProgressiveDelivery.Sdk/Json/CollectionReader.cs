using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the current value as one definition, named <paramref name="name"/>.</summary>
internal delegate T DefinitionReader<out T>(ref Utf8JsonReader json, ReadState state, string name);

/// <summary>Reads an object of names and definitions: flags, segments, layers, holdouts.</summary>
internal static class CollectionReader
{
    /// <summary>Reads all definitions. Of duplicate names the last value counts, in the place of the first; <c>null</c> is left out.</summary>
    /// <param name="json">At the object's start; afterwards at its end.</param>
    /// <param name="state">The state, inside the object.</param>
    /// <param name="most">The maximum number of definitions.</param>
    /// <param name="read">Reads one definition.</param>
    /// <param name="exceeds">True if there are more.</param>
    public static List<T> ReadAll<T>(ref Utf8JsonReader json, ReadState state, int most, DefinitionReader<T> read, out bool exceeds)
        where T : class
    {
        exceeds = false;
        var definitions = new List<T?>();
        var names = new NameIndex();
        while (state.MoveNext(ref json, names, out var place) is { } name)
        {
            if (definitions.Count >= most && place < 0)
            {
                exceeds = true;
                json.Skip();
                continue;
            }

            var definition = Read(ref json, state, name, read);
            if (place < 0)
                definitions.Add(definition);
            else
                definitions[place] = definition;
        }

        definitions.RemoveAll(definition => definition is null);
        return definitions!;
    }

    private static T? Read<T>(ref Utf8JsonReader json, ReadState state, string name, DefinitionReader<T> read)
        where T : class
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        state.EnterKey(name);
        var definition = read(ref json, state, name);
        state.End();
        state.Leave();
        return definition;
    }
}
