using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Moving;

/// <summary>Microsoft's own manager, and ours on the same configuration, answer alike.</summary>
public sealed class SameAnswersTests
{
    private const string Features = """
        {
          "FeatureManagement": {
            "older-on": true,
            "older-off": false,
            "older-targeting": { "EnabledFor": [{ "Name": "Targeting", "Parameters": { "Audience": { "Users": ["user-3"], "Groups": [{ "Name": "ring1", "RolloutPercentage": 40 }], "DefaultRolloutPercentage": 15 } } }] }
          },
          "feature_management": { "feature_flags": [
            { "id": "on", "enabled": true },
            { "id": "off", "enabled": false },
            { "id": "Mixed-Case", "enabled": true },
            { "id": "targeting", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.Targeting", "parameters": { "Audience": {
                "Users": ["user-1", "user-2"], "Groups": [{ "Name": "ring0", "RolloutPercentage": 100 }, { "Name": "ring1", "RolloutPercentage": 50 }], "DefaultRolloutPercentage": 20,
                "Exclusion": { "Users": ["user-4"], "Groups": ["banned"] } } } }] } },
            { "id": "never", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.Percentage", "parameters": { "Value": 0 } }] } },
            { "id": "always", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.Percentage", "parameters": { "Value": 100 } }] } },
            { "id": "open-window", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.TimeWindow", "parameters": { "Start": "Mon, 01 Jun 2026 00:00:00 GMT", "End": "Tue, 02 Jun 2026 00:00:00 GMT" } }] } },
            { "id": "closed-window", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.TimeWindow", "parameters": { "End": "Mon, 01 Jun 2026 12:00:00 GMT" } }] } },
            { "id": "daily-window", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.TimeWindow", "parameters": {
                "Start": "2026-05-01T11:00:00Z", "End": "2026-05-01T13:00:00Z", "Recurrence": { "Pattern": { "Type": "Daily", "Interval": 1 }, "Range": { "Type": "NoEnd" } } } }] } },
            { "id": "all", "enabled": true, "conditions": { "requirement_type": "All", "client_filters": [
                { "name": "Microsoft.TimeWindow", "parameters": { "Start": "Mon, 01 Jun 2026 00:00:00 GMT" } },
                { "name": "Microsoft.Targeting", "parameters": { "Audience": { "DefaultRolloutPercentage": 60 } } }] } },
            { "id": "variants", "enabled": true,
              "variants": [{ "name": "Big", "configuration_value": 50 }, { "name": "Small", "configuration_value": { "size": 5, "tags": ["a", "b"], "round": true } }, { "name": "Bare" }],
              "allocation": { "user": [{ "variant": "Bare", "users": ["user-5"] }], "group": [{ "variant": "Small", "groups": ["ring1"] }],
                "percentile": [{ "variant": "Big", "from": 0, "to": 30 }, { "variant": "Small", "from": 30, "to": 80 }], "default_when_enabled": "Bare", "seed": "s" } },
            { "id": "overrides", "enabled": true,
              "variants": [{ "name": "On", "configuration_value": "1", "status_override": "Enabled" }, { "name": "Off", "configuration_value": "0", "status_override": "Disabled" }],
              "allocation": { "percentile": [{ "variant": "Off", "from": 0, "to": 50 }], "default_when_enabled": "On", "default_when_disabled": "Off" } },
            { "id": "turned-off", "enabled": false, "variants": [{ "name": "V", "configuration_value": "v" }], "allocation": { "default_when_disabled": "V" } },
            { "id": "filtered", "enabled": true, "conditions": { "client_filters": [{ "name": "Microsoft.Targeting", "parameters": { "Audience": { "DefaultRolloutPercentage": 50 } } }] },
              "variants": [{ "name": "In", "configuration_value": "in" }, { "name": "Out", "configuration_value": "out", "status_override": "Enabled" }],
              "allocation": { "default_when_enabled": "In", "default_when_disabled": "Out" } },
            { "id": "unallocated", "enabled": true, "variants": [{ "name": "V", "configuration_value": "v" }] }
          ] }
        }
        """;

    private static readonly string[] Names =
    [
        "older-on", "older-off", "older-targeting", "on", "off", "Mixed-Case", "mixed-case", "targeting", "never", "always", "open-window", "closed-window", "daily-window", "all",
        "variants", "overrides", "turned-off", "filtered", "unallocated", "missing",
    ];

    private static readonly string[][] Groups = [[], ["ring0"], ["ring1"], ["ring1", "banned"], ["x", "ring1"]];

    [Fact]
    public async Task QuestionsWithAContextAreAnsweredAlike()
    {
        await using var theirs = Services(ours: false);
        await using var ours = Services(ours: true);

        List<string> differences = [];
        foreach (var name in Names)
        {
            for (var user = 0; user < 120; user++)
            {
                var context = new TargetingContext { UserId = user == 0 ? null : $"user-{user}", Groups = Groups[user % Groups.Length] };
                var (expected, actual) = (await AnswerAsync(theirs, name, context), await AnswerAsync(ours, name, context));
                if (expected != actual)
                    differences.Add($"{name}, {context.UserId} of [{string.Join(", ", context.Groups)}]: {expected}, not {actual}");
            }
        }

        differences.Should().BeEmpty();
    }

    [Fact]
    public async Task QuestionsWithoutAContextAreAnsweredAlike()
    {
        await using var theirs = Services(ours: false);
        await using var ours = Services(ours: true);

        List<string> differences = [];
        for (var user = 0; user < 60; user++)
        {
            var context = new TargetingContext { UserId = $"user-{user}", Groups = Groups[user % Groups.Length] };
            theirs.GetRequiredService<Accessor>().Context = context;
            ours.GetRequiredService<Accessor>().Context = context;
            foreach (var name in Names)
            {
                var (expected, actual) = (await AnswerAsync(theirs, name, null), await AnswerAsync(ours, name, null));
                if (expected != actual)
                    differences.Add($"{name}, {context.UserId}: {expected}, not {actual}");
            }
        }

        differences.Should().BeEmpty();
    }

    [Fact]
    public async Task NamesAreTheSame()
    {
        await using var theirs = Services(ours: false);
        await using var ours = Services(ours: true);

        (await NamesOfAsync(ours)).Should().BeEquivalentTo(await NamesOfAsync(theirs));
    }

    [Fact]
    public async Task EachKindOfAnswerOccurs()
    {
        await using var ours = Services(ours: true);

        foreach (var name in new[] { "targeting", "older-targeting", "all", "overrides", "variants", "filtered" })
        {
            var answers = new HashSet<string>();
            for (var user = 1; user < 120; user++)
                answers.Add(await AnswerAsync(ours, name, new TargetingContext { UserId = $"user-{user}" }));
            answers.Count.Should().BeGreaterThan(1, name);
        }
    }

    private static ServiceProvider Services(bool ours)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Features));
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(stream).Build());
        services.AddSingleton<Accessor>().AddSingleton<ITargetingContextAccessor>(provider => provider.GetRequiredService<Accessor>());
        services.AddFeatureManagement().WithTargeting<Accessor>();
        if (ours)
            services.AddProgressiveDelivery(flags => flags.FromFeatureManagement().ServeFeatureManagement());
        return services.BuildServiceProvider();
    }

    private static async Task<string> AnswerAsync(IServiceProvider services, string name, TargetingContext? context)
    {
        var manager = services.GetRequiredService<IVariantFeatureManager>();
        var (isEnabled, variant) = context is null
            ? (await manager.IsEnabledAsync(name), await manager.GetVariantAsync(name))
            : (await manager.IsEnabledAsync<ITargetingContext>(name, context), await manager.GetVariantAsync(name, context));
        return $"{isEnabled} {variant?.Name} {Text(variant?.Configuration)}";
    }

    private static string Text(IConfigurationSection? section) =>
        section is null ? "none" : string.Join(", ", section.AsEnumerable(makePathsRelative: true).Select(pair => $"{pair.Key}={pair.Value}")) + section.Value;

    private static async Task<List<string>> NamesOfAsync(IServiceProvider services)
    {
        List<string> names = [];
        await foreach (var name in services.GetRequiredService<IVariantFeatureManager>().GetFeatureNamesAsync())
            names.Add(name);
        return names;
    }

    private sealed class Accessor : ITargetingContextAccessor
    {
        public TargetingContext Context { get; set; } = new();

        public ValueTask<TargetingContext> GetContextAsync() => new(Context);
    }
}
