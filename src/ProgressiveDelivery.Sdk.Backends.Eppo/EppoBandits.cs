using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Contextual bandits: choose one of the actions that a caller offers, by a model that Eppo trained. Immutable and safe to use from any
/// thread; create another instance for newer documents.
/// </summary>
public sealed class EppoBandits
{
    private const double Shards = 10_000;

    private readonly Dictionary<(string Flag, string Value), string> _byVariation = [];
    private readonly Dictionary<string, BanditModel> _models = new(StringComparer.Ordinal);

    /// <summary>Reads the variations that stand for bandits, and their models.</summary>
    /// <param name="configuration">The flags' document, UTF-8.</param>
    /// <param name="bandits">The bandits' document, UTF-8.</param>
    /// <exception cref="JsonException">A document is not valid JSON.</exception>
    public EppoBandits(ReadOnlyMemory<byte> configuration, ReadOnlyMemory<byte> bandits)
    {
        using var flags = JsonDocument.Parse(configuration);
        foreach (var reference in BackendJson.Members(BackendJson.Find(flags.RootElement, "banditReferences") ?? default, "banditReferences", []))
        {
            foreach (var variation in Items(reference.Value, "flagVariations"))
                _byVariation[(Text(variation, "flagKey"), Text(variation, "variationValue"))] = reference.Key;
        }

        using var models = JsonDocument.Parse(bandits);
        foreach (var model in BackendJson.Members(BackendJson.Find(models.RootElement, "bandits") ?? default, "bandits", []))
            _models[model.Key] = new(BackendJson.Find(model.Value, "modelData") ?? default, VersionOf(model.Value));
    }

    /// <summary>
    /// Evaluates a string flag. If its variation stands for a bandit, chooses an action. A client with <c>SendEppoAssignmentsTo</c> sends the choice to its sink; otherwise nothing is stored.
    /// </summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="subject">The subject: its key, and attributes by name.</param>
    /// <param name="actions">The actions offered.</param>
    /// <param name="fallback">The variation returned if the flag assigns none.</param>
    public EppoBanditChoice Choose(IFeatureEvaluator features, string key, EppoSubject subject, IReadOnlyList<EppoAction> actions, string fallback)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(actions);
        var variation = features.GetString(key, subject.ToContext(), fallback);
        return actions.Count > 0 && _byVariation.TryGetValue((key, variation), out var bandit) && _models.TryGetValue(bandit, out var model)
            ? new(variation, Choose(features, key, bandit, subject, actions, model))
            : new(variation, null);
    }

    private static string Choose(IFeatureEvaluator features, string flag, string bandit, EppoSubject subject, IReadOnlyList<EppoAction> actions, BanditModel model)
    {
        var (action, probability, gap) = Choose(flag, subject, actions, model);
        features.Record(now => new EppoBanditEvent(flag, bandit, subject, actions.First(one => one.Key == action), (probability, gap), model.Version, now));
        return action;
    }

    private static (string Action, double Probability, double Gap) Choose(string flag, EppoSubject subject, IReadOnlyList<EppoAction> actions, BanditModel model)
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
                return Chosen(action);
        }

        return Chosen(shuffled[^1]);

        (string, double, double) Chosen(string action) => (action, weights[action], best.Score - scored.First(one => one.Key == action).Score);
    }

    // A malformed part of a model counts as missing: a choice never throws on data.
    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        BackendJson.Find(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string Text(JsonElement parent, string name) => BackendJson.Find(parent, name) is { } value && BackendJson.TryReadText(value, out var text) ? text : "";

    private static double Number(JsonElement parent, string name, double fallback) =>
        BackendJson.Find(parent, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : fallback;

#pragma warning disable CA5351 // It places, and keeps no secret.
    private static uint Shard(string text) => BinaryPrimitives.ReadUInt32BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(text))) % (uint)Shards;
#pragma warning restore CA5351

    private static string? VersionOf(JsonElement model) => BackendJson.Find(model, "modelVersion") is { } version && BackendJson.TryReadText(version, out var text) ? text : null;

    private sealed class BanditModel(JsonElement data, string? version)
    {
        private readonly JsonElement _coefficients = (BackendJson.Find(data, "coefficients") ?? default) is { ValueKind: JsonValueKind.Object } found ? found.Clone() : default;
        private readonly double _defaultScore = Number(data, "defaultActionScore", 0);

        public string? Version => version;

        public double Gamma { get; } = Number(data, "gamma", 1);

        public double Floor { get; } = Number(data, "actionProbabilityFloor", 0);

        public double Score(EppoSubject subject, EppoAction action)
        {
            if (BackendJson.Find(_coefficients, action.Key) is not { } model)
                return _defaultScore;
            return Number(model, "intercept", 0)
                + Numeric(model, "actionNumericCoefficients", action.Numbers)
                + Categorical(model, "actionCategoricalCoefficients", action.Categories)
                + Numeric(model, "subjectNumericCoefficients", subject.Numbers)
                + Categorical(model, "subjectCategoricalCoefficients", subject.Categories);
        }

        private static double Numeric(JsonElement model, string name, IReadOnlyDictionary<string, double> attributes) => Items(model, name).Sum(coefficient =>
            attributes.TryGetValue(Text(coefficient, "attributeKey"), out var value)
                ? Number(coefficient, "coefficient", 0) * value
                : Number(coefficient, "missingValueCoefficient", 0));

        private static double Categorical(JsonElement model, string name, IReadOnlyDictionary<string, string> attributes) => Items(model, name).Sum(coefficient =>
            attributes.TryGetValue(Text(coefficient, "attributeKey"), out var value)
            && BackendJson.Find(coefficient, "valueCoefficients") is { } values && BackendJson.Find(values, value) is { ValueKind: JsonValueKind.Number } known
                ? known.GetDouble()
                : Number(coefficient, "missingValueCoefficient", 0));
    }
}

/// <summary>A subject of a bandit.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Numbers">Its numeric attributes.</param>
/// <param name="Categories">Its categorical attributes.</param>
public sealed record EppoSubject(string Key, IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, string> Categories)
{
    /// <summary>Returns the context to evaluate the flag with. If a number and a category have the same name, the category counts.</summary>
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

/// <summary>The choice of a bandit.</summary>
/// <param name="Variation">The flag's variation.</param>
/// <param name="Action">The action; null if the variation stands for no bandit, or no action was offered.</param>
public sealed record EppoBanditChoice(string Variation, string? Action);
