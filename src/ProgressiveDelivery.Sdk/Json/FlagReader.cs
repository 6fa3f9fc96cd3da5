using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads flags. A malformed one carries its defect and whatever could be read of it, so that cycles through it are still found.
/// </summary>
internal static class FlagReader
{
    public static FlagDefinition Read(ReadState state, string key, JsonElement element)
    {
        state.Begin(key);
        if (element.ValueKind == JsonValueKind.Object)
        {
            state.Take(element, FormatMembers.Flag, out var members);
            return Read(state, key, members);
        }

        state.Report(Diagnostics.WrongForm(state.Path, state.Subject, "flags", "an object of flags, each of them an object", JsonText.Describe(element)));
        return new() { Key = key, Type = default, Defect = state.Defect };
    }

    private static FlagDefinition Read(ReadState state, string key, in Members members)
    {
        var type = ReadType(state, members);
        var flag = new FlagDefinition
        {
            Key = key,
            Type = type ?? default,
            Variants = VariantReader.Read(state, members, type),
            Enabled = state.Boolean(members, "enabled") ?? true,
            OffVariant = state.Text(members, "offVariant"),
            Requires = ReadRequires(state, members["requires"]),
            Rules = RuleReader.Read(state, members["rules"]),
            Default = ServeReader.Read(state, members, "default"),
            ClientVisible = state.Boolean(members, "clientVisible") ?? false,
            Metadata = MetadataReader.Read(state, members["metadata"]),
        };
        return state.Defect is null ? flag : flag with { Defect = state.Defect };
    }

    private static FlagType? ReadType(ReadState state, in Members members)
    {
        var element = members["type"];
        if (JsonText.TryRead(element, out var name) && Array.IndexOf(TypeNames, name) is var place and >= 0)
            return (FlagType)place;

        state.Report(Diagnostics.UnknownType(state.PathTo("type"), state.Subject.Name, JsonText.Describe(element)));
        return null;
    }

    /// <summary>In the order of <see cref="FlagType"/>.</summary>
    public static readonly string[] TypeNames = ["boolean", "string", "integer", "number", "json"];

    private static PrerequisiteDefinition[] ReadRequires(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            state.ReportForm("requires", "a list", element);
            return [];
        }

        state.Enter("requires");
        var requires = new PrerequisiteDefinition[element.GetArrayLength()];
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            state.Enter(index);
            requires[index++] = ReadPrerequisite(state, item);
            state.Leave();
        }

        state.Leave();
        return requires;
    }

    private static PrerequisiteDefinition ReadPrerequisite(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.Report(Diagnostics.WrongForm(state.Path, state.Subject, "requires", "a list of objects with 'flag' and 'variants'", JsonText.Describe(element)));
            return new("", []);
        }

        state.Take(element, FormatMembers.Prerequisite, out var members);
        var flag = state.RequiredText(members, "flag", "the key of the flag required");
        return new(flag, state.RequirePresent(members, "variants", "a list of variants' names") ? state.Texts(members, "variants") ?? [] : []);
    }
}
