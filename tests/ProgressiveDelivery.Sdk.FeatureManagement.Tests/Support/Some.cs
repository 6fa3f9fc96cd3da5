using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

/// <summary>Definitions, services and contexts to start a test from.</summary>
internal static class Some
{
    public static FlagDefinition Flag(string key, bool isOn = true) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
        Default = isOn ? "on" : "off",
    };

    /// <summary>A flag that is on where an attribute has a value.</summary>
    public static FlagDefinition FlagFor(string key, string attribute, AttributeOperator test, AttributeValue operand) =>
        Flag(key, isOn: false) with { Rules = [new() { When = new AttributeCondition { Attribute = attribute, Operator = test, Operand = operand }, Serve = "on" }] };

    /// <summary>A flag that is on for one user.</summary>
    public static FlagDefinition FlagFor(string key, string user) => FlagFor(key, "targetingKey", AttributeOperator.Equals, user);

    /// <summary>A flag of one variant, <c>only</c>.</summary>
    public static FlagDefinition Of(string key, FlagType type, VariantValue value) =>
        new() { Key = key, Type = type, Variants = [new() { Name = "only", Value = value }], Default = "only" };

    public static SnapshotDefinition Snapshot(params FlagDefinition[] flags) => new() { Version = 1, Flags = flags };

    /// <summary>Services whose managers are served from flags.</summary>
    public static ServiceProvider Services(FlagDefinition[] flags, Action<IServiceCollection>? more = null, Action<FeatureManagerOptions>? options = null) =>
        Services(new InMemorySnapshotSource(Snapshot(flags)), more, options);

    public static ServiceProvider Services(InMemorySnapshotSource source, Action<IServiceCollection>? more = null, Action<FeatureManagerOptions>? options = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddProgressiveDelivery(flags => flags.From(_ => source).ServeFeatureManagement(options ?? (_ => { })));
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    public static IFeatureManager Manager(this IServiceProvider services) => services.GetRequiredService<IFeatureManager>();

    public static IVariantFeatureManager VariantManager(this IServiceProvider services) => services.GetRequiredService<IVariantFeatureManager>();

    public static TargetingContext User(string? user, params string[] groups) => new() { UserId = user, Groups = groups };
}

/// <summary>An accessor whose context a test sets.</summary>
internal sealed class FakeAccessor : ITargetingContextAccessor
{
    public Func<TargetingContext?> Context { get; set; } = () => null;

    public ValueTask<TargetingContext> GetContextAsync() => new(Context()!);
}

/// <summary>A context at hand, as a host's reader.</summary>
internal sealed class FakeReader(EvaluationContext context) : ContextReader
{
    public List<string> Read { get; } = [];

    protected override IEnumerable<string> AttributeNames => context.Attributes.Select(attribute => attribute.Name);

    protected override IEnumerable<string> KindNames => context.KindNames;

    protected override string? ReadKey() => context.TargetingKey;

    protected override AttributeValue ReadAttribute(string name)
    {
        Read.Add(name);
        return context[name];
    }

    protected override EvaluationContext? ReadKind(string kind) => context.GetKind(kind);

    protected override bool IsPrivate(string name) => context.IsPrivate(name);
}
