using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Converts a flag: its allocations are rules in order. A rule passes on if none of its splits matches.</summary>
internal sealed class FlagReader(EppoContextMapping mapping, ITextCode code, string key, JsonElement flag)
{
    private const long DefaultShards = 10_000;

    private readonly List<VariantDefinition> _variants = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly JsonArray _notes = [];
    private readonly Dictionary<string, KeyValuePair<string, string>[]> _extraLogging = new(StringComparer.Ordinal);

    /// <exception cref="FlagException">The flag is malformed.</exception>
    public FlagDefinition Read()
    {
        if (flag.ValueKind != JsonValueKind.Object)
            throw new FlagException("It is no object.");
        var type = VariationValues.TypeOf(Json.Text(flag, "variationType"));
        foreach (var variation in Json.Members(flag, "variations"))
            AddVariation(code.Decode(variation.Name), variation.Value, type);
        var rules = Json.Items(flag, "allocations").Select(Allocation).ToArray();
        if (_variants.Count == 0)
            _variants.Add(new() { Name = "(none)", Value = VariantValue.None });
        return new()
        {
            Key = key,
            Type = type,
            Enabled = Json.IsTrue(flag, "enabled"),
            Rules = rules,
            Variants = _variants,
            Metadata = Metadata(),
        };
    }

    private Dictionary<string, JsonElement> Metadata()
    {
        var metadata = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [AllocationNotes.Name] = AllocationNotes.Of(_notes) };
        long? entity = BackendJson.Find(flag, "entityId") is { } id && BackendJson.TryReadWhole(id, out var whole) ? whole : null;
        if (AssignmentLogging.Note(mapping.Subject, entity, _extraLogging) is { } note)
            metadata[AssignmentLogging.Name] = note;
        return metadata;
    }

    private void AddVariation(string name, JsonElement variation, FlagType type)
    {
        if (VariationValues.Of(BackendJson.Find(variation, "value"), type, code) is not { } value)
        {
            _faults[name] = $"The value of variation '{name}' is no {type}. Correct it.";
            return;
        }

        _faults.Remove(name);
        _names.Add(name);
        _variants.Add(new() { Name = name, Value = value });
    }

    private RuleDefinition Allocation(JsonElement allocation)
    {
        var id = code.Decode(Json.Text(allocation, "key") ?? throw new FlagException("An allocation has no 'key'."));
        var when = new List<ConditionDefinition>();
        if (Instant(allocation, "startAt") is { } start)
            when.Add(new BetweenCondition { From = start });
        // The end is inclusive, and nothing comes after the last possible moment.
        if (Instant(allocation, "endAt") is { } end)
            when.Add(new BetweenCondition { To = end == DateTimeOffset.MaxValue ? null : end.AddTicks(1) });
        var rules = Json.Items(allocation, "rules");
        if (rules.Length > 0)
            when.Add(new AnyCondition([.. rules.Select(Rule)]));

        var splits = Json.Items(allocation, "splits");
        OutcomeStep[] steps = [.. splits.Select(Split)];
        _notes.Add((JsonNode)AllocationNotes.Note(id, allocation, rules.Length > 0, when.Count > (rules.Length > 0 ? 1 : 0), [.. splits.Select(Shards)]));
        // An AllCondition even for a single condition: an explanation distinguishes conditions by their places.
        return new() { Id = id, When = when.Count == 0 ? null : new AllCondition(when), Serve = new StepsOutcome(steps) };
    }

    private AllCondition Rule(JsonElement rule) => new([.. Json.Items(rule, "conditions").Select(new ConditionReader(mapping, code).Read)]);

    private OutcomeStep Split(JsonElement split)
    {
        var name = code.Decode(Json.Text(split, "variationKey") ?? throw new FlagException("A split has no 'variationKey'."));
        var placed = Placed(split);
        if (_faults.TryGetValue(name, out var fault))
            return new() { When = placed, Serve = new AbortOutcome(fault), Id = AllocationNotes.FaultyVariation + name };
        return new() { When = placed, Serve = _names.Contains(name) ? Logged(name, split) : new AbortOutcome($"A split names variation '{name}', which does not exist. Correct it.") };
    }

    // A variation that is logged with further columns is a variant of its own, under the same label.
    private string Logged(string name, JsonElement split)
    {
        KeyValuePair<string, string>[] columns = [.. BackendJson.Entries(BackendJson.Find(split, "extraLogging") ?? default).Where(column => column.Key is not null).Select(column => KeyValuePair.Create(Readable(column.Key!), Readable(TextOf(column.Value))))];
        if (columns.Length == 0)
            return name;
        foreach (var (known, others) in _extraLogging)
        {
            if (others.SequenceEqual(columns) && _variants.Exists(variant => variant.Name == known && variant.Label == name))
                return known;
        }

        var logged = $"{name} logged {_extraLogging.Count + 1}";
        while (_names.Contains(logged))
            logged += "'";
        _names.Add(logged);
        _extraLogging[logged] = columns;
        _variants.Add(new() { Name = logged, Label = name, Value = _variants.Find(variant => variant.Name == name)!.Value });
        return logged;
    }

    private static string TextOf(JsonElement value) => BackendJson.TryReadText(value, out var text) ? text : value.GetRawText();

    // Columns steer nothing, so a malformed one costs no flag.
    private string Readable(string text)
    {
        try
        {
            return code.Decode(text);
        }
        catch (FlagException)
        {
            return text;
        }
    }

    private ConditionDefinition? Placed(JsonElement split)
    {
        ConditionDefinition[] shards = [.. Json.Items(split, "shards").Select(Shard).OfType<ConditionDefinition>()];
        return shards.Length switch
        {
            0 => null,
            1 => shards[0],
            _ => new AllCondition(shards),
        };
    }

    /// <summary>Returns the number of a split's shards, and the number of those that exclude some subjects.</summary>
    private (int All, int Significant) Shards(JsonElement split)
    {
        var shards = Json.Items(split, "shards");
        return (shards.Length, shards.Count(shard => Shard(shard) is not null));
    }

    // Null if the shard includes every subject: none has to be placed.
    private BucketCondition? Shard(JsonElement shard)
    {
        var total = Json.Whole(shard, "totalShards") ?? Json.Whole(flag, "totalShards") ?? DefaultShards;
        if (total < 1)
            throw new FlagException("'totalShards' must be at least 1.");
        var ranges = Json.Items(shard, "ranges").Select(range => new BucketRange(Json.Number(range, "start") ?? 0, Json.Number(range, "end") ?? 0)).ToArray();
        if (Covers(ranges, total))
            return null;
        var bucketing = new BucketingDefinition
        {
            Algorithm = BucketAlgorithm.Md5Modulo,
            Buckets = total,
            Prefix = code.Decode(Json.Text(shard, "salt") ?? "") + "-",
            By = [mapping.Subject],
            AcceptsEmpty = true,
            Missing = MissingUnit.Abort,
        };
        return new() { Bucketing = bucketing, Ranges = ranges };
    }

    private static bool Covers(BucketRange[] ranges, long total)
    {
        double to = 0;
        foreach (var range in ranges.OrderBy(range => range.From))
        {
            if (range.From > to)
                return false;
            to = Math.Max(to, range.To);
        }

        return ranges.Length > 0 && to >= total;
    }

    private DateTimeOffset? Instant(JsonElement allocation, string name)
    {
        if (Json.Text(allocation, name) is not { } text)
            return null;
        return BackendJson.TryReadInstant(code.Decode(text), out var instant) ? instant : throw new FlagException($"'{name}' is no instant.");
    }
}
