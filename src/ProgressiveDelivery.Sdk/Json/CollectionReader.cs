using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads one definition, named <paramref name="name"/>, that is the value at hand.</summary>
internal delegate T DefinitionReader<out T>(ref Utf8JsonReader json, ReadState state, string name);

/// <summary>Reads an object of names and definitions: flags, segments, layers, holdouts.</summary>
internal static class CollectionReader
{
    /// <summary>Reads all of them, each name once: the last value, in the place of the first; <c>null</c> is none.</summary>
    /// <param name="json">At the object's start; afterwards at its end.</param>
    /// <param name="state">Has entered the object.</param>
    /// <param name="most">How many are read.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="exceeds">Whether there are more.</param>
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
