using System.Buffers;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>The snapshot in our own definitions.</summary>
internal static class OurFlags
{
    private static readonly VariantDefinition[] OnAndOff = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }];
    private static readonly string[] Benelux = ["BE", "LU", "NL"];
    private static readonly string[] Insiders = ["partner", "press", "staff"];
    private static readonly VariantDefinition[] Banners = [new() { Name = "control", Value = "Welcome" }, new() { Name = "short", Value = "Hi" }, new() { Name = "long", Value = "Welcome back to the shop" }];

    /// <summary>A snapshot of <paramref name="count"/> flags, with an assertion for every hundredth.</summary>
    public static SnapshotDefinition Definition(int count, long version = 1) => new()
    {
        Version = version,
        Flags = [.. FlagKeys.All(count).Select(flag => Flag(flag.Key, flag.Shape))],
        Assertions = [.. FlagKeys.All(count).Where(flag => flag.Shape == FlagShape.On).Where((_, index) => index % 20 == 0)
            .Select(flag => new AssertionDefinition { Flag = flag.Key, Context = Callers.Context, Variant = "on" })],
    };

    /// <summary>The same as a document.</summary>
    public static byte[] Document(int count)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SnapshotJson.Write(Definition(count), buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static FlagDefinition Flag(string key, FlagShape shape) => shape switch
    {
        FlagShape.On => Switch(key) with { Default = "on" },
        FlagShape.AttributeRule => Switch(key) with { Rules = [new() { When = new AttributeCondition { Attribute = "country", Operator = AttributeOperator.In, Operand = Benelux }, Serve = "on" }] },
        FlagShape.Rollout => Switch(key) with { Rules = [new() { Serve = new RolloutOutcome { To = "on", Percent = 25 } }] },
        FlagShape.ThreeRules => Banner(key),
        _ => Switch(key) with { Enabled = false, OffVariant = "off" },
    };

    private static FlagDefinition Switch(string key) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = OnAndOff,
        Default = "off",
        ClientVisible = true,
    };

    // The first two rules do not hold for the callers measured, so that all three run.
    private static FlagDefinition Banner(string key) => new()
    {
        Key = key,
        Type = FlagType.String,
        Variants = Banners,
        ClientVisible = true,
        Rules =
        [
            new() { Id = "partners", When = new AttributeCondition { Attribute = "plan", Operator = AttributeOperator.In, Operand = Insiders }, Serve = "long" },
            new() { Id = "preview", When = new AttributeCondition { Attribute = "appVersion", Operator = AttributeOperator.SemVer, Operand = ">=5.0.0" }, Serve = "short" },
            new() { Id = "everybody", Serve = new SplitOutcome { Weights = [new("control", 50), new("short", 25), new("long", 25)] } },
        ],
        Default = "control",
    };
}
