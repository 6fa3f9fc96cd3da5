using System.Collections.ObjectModel;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads flags. A malformed flag carries its defect and its readable parts, so cycles through it are still found.</summary>
internal static class FlagReader
{
    /// <summary>The names of the types, in the order of <see cref="FlagType"/>.</summary>
    public static readonly string[] TypeNames = ["boolean", "string", "integer", "number", "json"];

    // The variants of a boolean flag that lists none.
    private static readonly VariantDefinition[] OnAndOff = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }];

    public static FlagDefinition Read(ref Utf8JsonReader json, ReadState state, string key)
    {
        state.Begin(key);
        if (json.TokenType == JsonTokenType.StartObject)
            return ReadMembers(ref json, state, key);
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return Switch(key, json.TokenType == JsonTokenType.True);

        state.ReportItem(ref json, "flags", "an object of flags, each of them an object, true or false");
        return new() { Key = key, Type = default, Defect = state.Defect };
    }

    private static FlagDefinition Switch(string key, bool isOn) =>
        new() { Key = key, Type = FlagType.Boolean, Variants = OnAndOff, Default = new VariantOutcome(OnAndOff[isOn ? 0 : 1].Name) };

    private static FlagDefinition ReadMembers(ref Utf8JsonReader json, ReadState state, string key)
    {
        FlagType? type = null;
        Utf8JsonReader variants = default;
        var enabled = true;
        var track = false;
        var clientVisible = false;
        string? offVariant = null;
        PrerequisiteDefinition[] requires = [];
        RuleDefinition[] rules = [];
        OutcomeDefinition? @default = null;
        GuardDefinition[] guards = [];
        long? attempt = null;
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
                case "default": @default = OutcomeReader.Read(ref json, state, name); break;
                case "guards": guards = GuardReader.Read(ref json, state); break;
                case "attempt": attempt = state.Long(ref json, name); break;
                case "track": track = state.Boolean(ref json, name) ?? false; break;
                case "clientVisible": clientVisible = state.Boolean(ref json, name) ?? false; break;
                default: metadata = MetadataReader.Read(ref json, state); break;
            }
        }

        if (!members.Has("type") && !members.IsMisspelt("type"))
            state.Report(DiagnosticCatalog.UnknownType(state.PathTo("type"), state.Subject.Name, "missing"));
        return new()
        {
            Key = key,
            Type = type ?? default,
            Variants = ReadVariants(ref variants, state, members, type),
            Enabled = enabled,
            OffVariant = offVariant,
            Requires = requires,
            Rules = rules,
            Default = @default,
            Guards = guards,
            Attempt = attempt ?? 1,
            Track = track,
            ClientVisible = clientVisible,
            Metadata = metadata,
            Defect = state.Defect,
        };
    }

    private static VariantDefinition[] ReadVariants(ref Utf8JsonReader json, ReadState state, in MemberCursor members, FlagType? type)
    {
        if (members.Has("variants"))
            return VariantReader.Read(ref json, state, type);
        if (type == FlagType.Boolean && !members.IsMisspelt("variants"))
            return OnAndOff;

        state.RequirePresent(members, "variants", "an object of names and values; a boolean flag alone may leave it out");
        return [];
    }

    // Variants can be read only once the type is known, which may come later in the document.
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

        state.Report(DiagnosticCatalog.UnknownType(state.PathTo("type"), state.Subject.Name, JsonText.Describe(ref json)));
        json.Skip();
        return null;
    }
}
