using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Contextual bandits: of the actions that a caller offers, chooses one by a model that Eppo trained. Immutable and safe to use from any
/// thread; make another one of newer documents.
/// </summary>
public sealed class EppoBandits
{
    private const double Shards = 10_000;

    private readonly Dictionary<(string Flag, string Value), string> _byVariation = [];
    private readonly Dictionary<string, BanditModel> _models = new(StringComparer.Ordinal);

    /// <summary>Reads which variations stand for bandits, and their models.</summary>
    /// <param name="configuration">The flags' document, UTF-8.</param>
    /// <param name="bandits">The bandits' document, UTF-8.</param>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public EppoBandits(ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> bandits)
    {
        using var flags = JsonDocument.Parse(configuration);
        foreach (var reference in Json.Members(flags.RootElement, "banditReferences"))
        {
            foreach (var variation in Json.Items(reference.Value, "flagVariations"))
                _byVariation[(Json.Text(variation, "flagKey") ?? "", Json.Text(variation, "variationValue") ?? "")] = reference.Name;
        }

        using var models = JsonDocument.Parse(bandits);
        foreach (var model in Json.Members(models.RootElement, "bandits"))
            _models[model.Name] = new(Json.Find(model.Value, "modelData") ?? default);
    }

    /// <summary>Evaluates a string flag, and where its variation stands for a bandit, chooses an action. It stores nothing.</summary>
    /// <param name="features">What answers for the flag.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="subject">The subject: its key, and attributes by name.</param>
    /// <param name="actions">The actions offered.</param>
    /// <param name="fallback">The variation answered when the flag assigns none.</param>
    public EppoBanditChoice Choose(IFeatureEvaluator features, string key, EppoSubject subject, IReadOnlyList<EppoAction> actions, string fallback)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(actions);
        var variation = features.GetString(key, subject.ToContext(), fallback);
        return actions.Count > 0 && _byVariation.TryGetValue((key, variation), out var bandit) && _models.TryGetValue(bandit, out var model)
            ? new(variation, Choose(key, subject, actions, model))
            : new(variation, null);
    }

    private static string Choose(string flag, EppoSubject subject, IReadOnlyList<EppoAction> actions, BanditModel model)
    {
        var scored = actions.Select(action => (action.Key, Score: model.Score(subject, action))).ToArray();
        var best = scored.OrderByDescending(action => action.Score).ThenBy(action => action.Key, StringComparer.Ordinal).First();
        var floor = model.Floor / scored.Length;
        var weights = scored.Where(action => action.Key != best.Key).ToDictionary(
            action => action.Key, action => Math.Max(floor, 1 / (scored.Length + (model.Gamma * (best.Score - action.Score)))), StringComparer.Ordinal);
        weights[best.Key] = Math.Max(0, 1 - weights.Values.Sum());

        var place = Shard($"{flag}-{subject.Key}") / Shards;
        double sum = 0;
        var shuffled = weights.Keys.OrderBy(action => Shard($"{flag}-{subject.Key}-{action}")).ThenBy(action => action, StringComparer.Ordinal).ToArray();
        foreach (var action in shuffled)
        {
            sum += weights[action];
            if (sum > place)
                return action;
        }

        return shuffled[^1];
    }

#pragma warning disable CA5351 // It places, and keeps no secret.
    private static uint Shard(string text) => BinaryPrimitives.ReadUInt32BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(text))) % (uint)Shards;
#pragma warning restore CA5351

    private sealed class BanditModel(JsonElement data)
    {
        private readonly JsonElement _coefficients = (Json.Find(data, "coefficients") ?? default) is { ValueKind: JsonValueKind.Object } found ? found.Clone() : default;
        private readonly double _defaultScore = Json.Number(data, "defaultActionScore", 0);

        public double Gamma { get; } = Json.Number(data, "gamma", 1);

        public double Floor { get; } = Json.Number(data, "actionProbabilityFloor", 0);

        public double Score(EppoSubject subject, EppoAction action)
        {
            if (Json.Find(_coefficients, action.Key) is not { } model)
                return _defaultScore;
            return Json.Number(model, "intercept", 0)
                + Numeric(model, "actionNumericCoefficients", action.Numbers)
                + Categorical(model, "actionCategoricalCoefficients", action.Categories)
                + Numeric(model, "subjectNumericCoefficients", subject.Numbers)
                + Categorical(model, "subjectCategoricalCoefficients", subject.Categories);
        }

        private static double Numeric(JsonElement model, string name, IReadOnlyDictionary<string, double> attributes) => Json.Items(model, name).Sum(coefficient =>
            attributes.TryGetValue(Json.Text(coefficient, "attributeKey") ?? "", out var value)
                ? Json.Number(coefficient, "coefficient", 0) * value
                : Json.Number(coefficient, "missingValueCoefficient", 0));

        private static double Categorical(JsonElement model, string name, IReadOnlyDictionary<string, string> attributes) => Json.Items(model, name).Sum(coefficient =>
            attributes.TryGetValue(Json.Text(coefficient, "attributeKey") ?? "", out var value)
            && Json.Find(coefficient, "valueCoefficients") is { } values && Json.Find(values, value) is { ValueKind: JsonValueKind.Number } known
                ? known.GetDouble()
                : Json.Number(coefficient, "missingValueCoefficient", 0));
    }
}

/// <summary>A subject of a bandit.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Numbers">Its numeric attributes.</param>
/// <param name="Categories">Its categorical attributes.</param>
public sealed record EppoSubject(string Key, IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, string> Categories)
{
    /// <summary>The subject as the flag is asked about it; of one name, the category counts.</summary>
    public EvaluationContext ToContext() => new(
        Key,
        Numbers.Select(number => new KeyValuePair<string, AttributeValue>(number.Key, number.Value))
            .Concat(Categories.Select(category => new KeyValuePair<string, AttributeValue>(category.Key, category.Value))));
}

/// <summary>An action that a bandit may choose.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Numbers">Its numeric attributes.</param>
/// <param name="Categories">Its categorical attributes.</param>
public sealed record EppoAction(string Key, IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, string> Categories);

/// <summary>What a bandit chose.</summary>
/// <param name="Variation">The flag's variation.</param>
/// <param name="Action">The action; null: the variation stands for no bandit, or no action was offered.</param>
public sealed record EppoBanditChoice(string Variation, string? Action);
