using System.Collections.ObjectModel;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads flags. A malformed one carries its defect and whatever could be read of it, so that cycles through it are still found.
/// </summary>
internal static class FlagReader
{
    /// <summary>In the order of <see cref="FlagType"/>.</summary>
    public static readonly string[] TypeNames = ["boolean", "string", "integer", "number", "json"];

    public static FlagDefinition Read(ref Utf8JsonReader json, ReadState state, string key)
    {
        state.Begin(key);
        if (json.TokenType == JsonTokenType.StartObject)
            return ReadMembers(ref json, state, key);

        state.ReportItem(ref json, "flags", "an object of flags, each of them an object");
        return new() { Key = key, Type = default, Defect = state.Defect };
    }

    private static FlagDefinition ReadMembers(ref Utf8JsonReader json, ReadState state, string key)
    {
        FlagType? type = null;
        Utf8JsonReader variants = default;
        var enabled = true;
        var clientVisible = false;
        string? offVariant = null;
        PrerequisiteDefinition[] requires = [];
        RuleDefinition[] rules = [];
        ServeDefinition? @default = null;
        IReadOnlyDictionary<string, JsonElement> metadata = ReadOnlyDictionary<string, JsonElement>.Empty;
        var members = new MemberCursor(FormatMembers.Flag);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "type": type = ReadType(ref json, state); break;
                case "variants": variants = Postpone(ref json); break;
                case "enabled": enabled = state.Boolean(ref json, name) ?? true; break;
                case "offVariant": offVariant = state.Text(ref json, name); break;
                case "requires": requires = PrerequisiteReader.Read(ref json, state); break;
                case "rules": rules = RuleReader.Read(ref json, state); break;
                case "default": @default = ServeReader.Read(ref json, state, name); break;
                case "clientVisible": clientVisible = state.Boolean(ref json, name) ?? false; break;
                default: metadata = MetadataReader.Read(ref json, state); break;
            }
        }

        if (!members.Has("type"))
            state.Report(Diagnostics.UnknownType(state.PathTo("type"), state.Subject.Name, "missing"));
        return new()
        {
            Key = key,
            Type = type ?? default,
            Variants = state.RequirePresent(members, "variants", "an object of names and values") ? VariantReader.Read(ref variants, state, type) : [],
            Enabled = enabled,
            OffVariant = offVariant,
            Requires = requires,
            Rules = rules,
            Default = @default,
            ClientVisible = clientVisible,
            Metadata = metadata,
            Defect = state.Defect,
        };
    }

    // What a variant's value must be is known when the type is, which may stand after it.
    private static Utf8JsonReader Postpone(scoped ref Utf8JsonReader json)
    {
        var here = json;
        json.Skip();
        return here;
    }

    private static FlagType? ReadType(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (state.TryRead(ref json, out var name) && Array.IndexOf(TypeNames, name) is var place and >= 0)
            return (FlagType)place;

        state.Report(Diagnostics.UnknownType(state.PathTo("type"), state.Subject.Name, JsonText.Describe(ref json)));
        json.Skip();
        return null;
    }
}
