using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Makes a flag: its allocations are rules in order, which pass on whom none of their splits takes.</summary>
internal sealed class FlagReader(EppoContextMapping mapping, ITextCode code, string key, JsonElement flag)
{
    private const double DefaultShards = 10_000;

    private readonly List<VariantDefinition> _variants = [];
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly JsonArray _notes = [];

    public FlagDefinition Read()
    {
        try
        {
            return ReadSound();
        }
        catch (Exception fault) when (fault is FlagException or FormatException or InvalidOperationException)
        {
            return new()
            {
                Key = key,
                Type = FlagType.String,
                Defect = new("PD1101", DiagnosticSeverity.Error, $"$.flags['{key}']", $"Flag '{key}' cannot be read: {fault.Message} Correct it."),
            };
        }
    }

    private FlagDefinition ReadSound()
    {
        if (flag.ValueKind != JsonValueKind.Object)
            throw new FlagException("It is no object.");
        var type = VariationValues.TypeOf(Json.Text(flag, "variationType"));
        foreach (var variation in Json.Members(flag, "variations"))
            AddVariation(code.Decode(variation.Name), variation.Value, type);
        var rules = Json.Items(flag, "allocations").Select(Allocation).ToArray();
        if (_variants.Count == 0)
            _variants.Add(new("(none)", VariantValue.None));
        return new()
        {
            Key = key,
            Type = type,
            Enabled = Json.IsTrue(flag, "enabled"),
            Rules = rules,
            Variants = _variants,
            Metadata = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [AllocationNotes.Name] = AllocationNotes.Of(_notes) },
        };
    }

    private void AddVariation(string name, JsonElement variation, FlagType type)
    {
        if (VariationValues.Of(Json.Find(variation, "value"), type, code) is { } value)
            _variants.Add(new(name, value));
        else
            _faults[name] = $"The value of variation '{name}' is no {type}. Correct it.";
    }

    private RuleDefinition Allocation(JsonElement allocation)
    {
        var id = code.Decode(Json.Text(allocation, "key") ?? throw new FlagException("An allocation has no 'key'."));
        var when = new List<ConditionDefinition>();
        if (Instant(allocation, "startAt") is { } start)
            when.Add(new BetweenCondition(start, null));
        // The end itself is still inside.
        if (Instant(allocation, "endAt") is { } end)
            when.Add(new BetweenCondition(null, end.AddTicks(1)));
        var rules = Json.Items(allocation, "rules");
        if (rules.Length > 0)
            when.Add(new AnyCondition([.. rules.Select(Rule)]));

        var splits = Json.Items(allocation, "splits");
        ServeStep[] steps = [.. splits.Select(split => new ServeStep(Placed(split), Variation(split)))];
        _notes.Add((JsonNode)AllocationNotes.Note(id, allocation, rules.Length > 0, when.Count > (rules.Length > 0 ? 1 : 0), [.. splits.Select(Shards)]));
        // Always of all, also of one: an explanation tells them apart by their places.
        return new() { Id = id, When = when.Count == 0 ? null : new AllCondition(when), Serve = new StepsServe(steps) };
    }

    private AllCondition Rule(JsonElement rule) => new([.. Json.Items(rule, "conditions").Select(new ConditionReader(mapping, code).Read)]);

    private ServeDefinition Variation(JsonElement split)
    {
        var name = code.Decode(Json.Text(split, "variationKey") ?? throw new FlagException("A split has no 'variationKey'."));
        if (_faults.TryGetValue(name, out var fault))
            return new AbortServe(fault);
        return _variants.Exists(variant => variant.Name == name) ? name : new AbortServe($"A split names variation '{name}', which does not exist. Correct it.");
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

    /// <summary>How many shards a split has, and how many of them leave somebody out.</summary>
    private (int All, int Significant) Shards(JsonElement split)
    {
        var shards = Json.Items(split, "shards");
        return (shards.Length, shards.Count(shard => Shard(shard) is not null));
    }

    // Null: everybody is in it, and need not be placed.
    private BucketCondition? Shard(JsonElement shard)
    {
        var total = Json.Number(shard, "totalShards", Json.Number(flag, "totalShards", DefaultShards));
        var ranges = Json.Items(shard, "ranges").Select(range => new BucketRange(Json.Number(range, "start", 0), Json.Number(range, "end", 0))).ToArray();
        if (Covers(ranges, total))
            return null;
        var bucketing = new BucketingDefinition
        {
            Algorithm = BucketAlgorithm.Md5Modulo,
            Buckets = (long)total,
            Prefix = code.Decode(Json.Text(shard, "salt") ?? "") + "-",
            By = [mapping.Subject],
            AcceptsEmpty = true,
            Missing = MissingUnit.Abort,
        };
        return new(bucketing, ranges);
    }

    private static bool Covers(BucketRange[] ranges, double total)
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
        return DateTimeOffset.TryParse(code.Decode(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new FlagException($"'{name}' is no instant.");
    }
}
