using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk;

// Compiled natively: every operator and outcome, through the registration that an application uses. Exit code 0 when all agree.
string[] switches =
[
    "equals", "in", "startsWith", "endsWith", "contains", "matches", "lessThan", "atMost", "greaterThan", "atLeast", "before", "after",
    "semver", "inNetwork", "hasAny", "hasAll", "exists", "kind", "between", "schedule", "segment", "flag", "requires", "rollout", "steps",
];

using var stream = typeof(Limits).Assembly.GetManifestResourceStream("snapshot.json")!;
using var reader = new StreamReader(stream);
var services = new ServiceCollection()
    .AddSingleton<TimeProvider>(new MondayAtNoon())
    .AddProgressiveDelivery(flags => flags.FromDocument(reader.ReadToEnd()).BindScopes());
services.AddVariantService<IGreeting>("experiment").For("b").Use<Hello>().Otherwise<Goodbye>();
await using var provider = services.BuildServiceProvider();
var features = provider.GetRequiredService<IFeatureClient>();
var status = await features.WaitUntilReadyAsync();

var context = new EvaluationContext("u-17")
{
    ["country"] = "NL",
    ["email"] = "zoë@acme.example",
    ["age"] = 42,
    ["signedUp"] = "2026-01-31T12:00:00Z",
    ["appVersion"] = "4.2.0",
    ["ip"] = "10.1.2.3",
    ["tags"] = AttributeValue.List("beta", 7),
    ["address"] = AttributeValue.Object([new("geo", AttributeValue.Object([new("city", "Utrecht")]))]),
}.WithKind("organization", new("o-1") { ["plan"] = "gold" });

var failures = new List<string>();
Check("state", FeatureClientState.Ready, status.State);
foreach (var key in switches)
    Check(key, true, features.IsEnabled(key, context));
Check("experiment", "B", features.GetString("experiment", context, ""));
Check("held", EvaluationReason.Holdout, features.EvaluateString("held", context, "").Reason);
Check("text", "Welcome", features.GetString("text", context, ""));
Check("count", 9007199254740993, features.GetInteger("count", context, 0));
Check("share", 0.25, features.GetNumber("share", context, 0));
Check("limits", new Limits(600, null), features.GetJson("limits", context, new(0, 0), Json.Default.Limits));
Check("declared", "Welcome", features.Get(new FeatureFlag<string>("text", ""), context));
var onTheStack = new StackContext("u-17");
onTheStack.Set("country", "NL");
Check("on the stack", true, features.IsEnabled("equals", in onTheStack));
Check("unknown", EvaluationReason.FlagNotFound, features.EvaluateBoolean("unknown", context).Reason);
Check("client flags", """{"version":1,"flags":{"limits":{"value":{"perMinute":600,"burst":null},"type":"json","variant":"high","reason":"Default"}}}""", Compact(features.GetFrontEndFlags(context).ToJson()));
Check("explanation", true, features.Explain("segment", context).ToString().Contains("staff", StringComparison.Ordinal));
Check("executed", 1, await features.ExecuteAsync(new FeatureFlag<bool>("equals", false), context, static _ => ValueTask.FromResult(1), static _ => ValueTask.FromResult(2)));

await using (var scope = provider.CreateAsyncScope())
{
    scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(new Visitor());
    Check("scope", true, scope.ServiceProvider.GetRequiredService<IFeatureClient>().IsEnabled("equals"));
    Check("variant service", "Hello", scope.ServiceProvider.GetRequiredService<IGreeting>().Text);
}

foreach (var failure in failures)
    Console.WriteLine(failure);
Console.WriteLine(failures.Count == 0 ? $"All {switches.Length + 15} answers are right." : $"{failures.Count} answers are wrong.");
return failures.Count == 0 ? 0 : 1;

void Check<T>(string what, T expected, T actual)
{
    if (!EqualityComparer<T>.Default.Equals(expected, actual))
        failures.Add($"{what}: {expected} expected, {actual} answered. {features.Explain(what, context)}");
}

static string Compact(string json) => json.Replace(" ", "", StringComparison.Ordinal);

internal sealed record Limits(
    [property: JsonPropertyName("perMinute")] int PerMinute,
    [property: JsonPropertyName("burst")] int? Burst);

[JsonSerializable(typeof(Limits))]
internal sealed partial class Json : JsonSerializerContext;

/// <summary>Monday 30 November 2026, noon in Amsterdam.</summary>
internal sealed class MondayAtNoon : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 30, 11, 0, 0, TimeSpan.Zero);
}

internal interface IGreeting
{
    string Text { get; }
}

internal sealed class Hello : IGreeting
{
    public string Text => "Hello";
}

internal sealed class Goodbye : IGreeting
{
    public string Text => "Goodbye";
}

/// <summary>A visitor whose attributes are read when a rule asks for them.</summary>
internal sealed class Visitor : ContextReader
{
    protected override string? ReadKey() => "u-17";

    protected override AttributeValue ReadAttribute(string name) => name == "country" ? "NL" : default(AttributeValue);
}
