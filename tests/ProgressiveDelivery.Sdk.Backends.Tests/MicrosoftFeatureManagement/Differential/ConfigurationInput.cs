using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>A configuration from one kind of provider. What has no JSON form, a value above other values, is added where the provider can have it.</summary>
internal sealed class ConfigurationInput : IDisposable
{
    private static int _count;

    private readonly string _prefix = FormattableString.Invariant($"DIFF{Interlocked.Increment(ref _count)}_");
    private readonly List<string> _variables = [];

    public ConfigurationInput(string provider, JsonObject document, Random random)
    {
        if (provider == "json")
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString()));
            Root = new ConfigurationBuilder().AddJsonStream(stream).Build();
            return;
        }

        var pairs = Pairs.Of(document).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        AddValueAbove(pairs, random);
        Root = provider == "memory" ? new ConfigurationBuilder().AddInMemoryCollection(pairs).Build() : FromEnvironment(pairs);
    }

    public IConfigurationRoot Root { get; }

    /// <summary>The value that was added.</summary>
    public string Extra { get; private set; } = "";

    public void Dispose()
    {
        foreach (var variable in _variables)
            Environment.SetEnvironmentVariable(variable, null);
    }

    private void AddValueAbove(Dictionary<string, string?> pairs, Random random)
    {
        if (pairs.Count == 0 || random.Next(2) == 0)
            return;
        var key = pairs.Keys.ElementAt(random.Next(pairs.Count));
        for (var up = random.Next(1, 4); up > 0 && key.Contains(':', StringComparison.Ordinal); up--)
            key = key[..key.LastIndexOf(':')];
        pairs[key] = random.Next(4) switch { 0 => "True", 1 => "False", 2 => "x", _ => "50" };
        Extra = $"with {key}={pairs[key]}";
    }

    private IConfigurationRoot FromEnvironment(Dictionary<string, string?> pairs)
    {
        foreach (var (key, value) in pairs)
        {
            if (value is null)
                continue;
            var variable = _prefix + key.Replace(":", "__", StringComparison.Ordinal);
            Environment.SetEnvironmentVariable(variable, value);
            _variables.Add(variable);
        }

        return new ConfigurationBuilder().AddEnvironmentVariables(_prefix).Build();
    }
}
