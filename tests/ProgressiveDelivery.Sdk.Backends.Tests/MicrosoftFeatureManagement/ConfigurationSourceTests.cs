using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement;

/// <summary>Feature flags from whatever configuration an application has.</summary>
public sealed class ConfigurationSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task FlagsOfTheApplicationsConfigurationAreReadInBothSchemas()
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream("""
            {
              "Logging": { "LogLevel": "Debug" },
              "FeatureManagement": { "older": { "EnabledFor": [{ "Name": "AlwaysOn" }] } },
              "feature_management": { "feature_flags": [
                { "id": "on", "enabled": true },
                { "id": "staff", "enabled": true, "conditions": { "client_filters": [
                  { "name": "Microsoft.Targeting", "parameters": { "Audience": { "Users": ["7"], "DefaultRolloutPercentage": 0 } } } ] } },
                { "id": "size", "enabled": true, "variants": [{ "name": "small", "configuration_value": 5 }, { "name": "big", "configuration_value": 50 }], "allocation": { "default_when_enabled": "big" } },
                { "id": "look", "enabled": true, "variants": [{ "name": "a", "configuration_value": { "dark": true, "code": "007", "sizes": [1, 2.5] } }], "allocation": { "default_when_enabled": "a" } }
              ] }
            }
            """u8.ToArray())).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddProgressiveDelivery(flags => flags.FromFeatureManagement()).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);

        client.IsEnabled("on", EvaluationContext.Empty).Should().BeTrue();
        client.IsEnabled("older", EvaluationContext.Empty).Should().BeTrue();
        client.IsEnabled("staff", new EvaluationContext("7")).Should().BeTrue();
        client.IsEnabled("staff", new EvaluationContext("8")).Should().BeFalse();
        client.GetInteger("size", EvaluationContext.Empty, 0).Should().Be(50, "a number is one again, though configuration has only text");
        client.GetJson("look", EvaluationContext.Empty, Look.None, LookJson.Default.Look).Should().BeEquivalentTo(new Look(true, "007", [1, 2.5]));
    }

    [Fact]
    public async Task ReloadIsSeen()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Flag("True")).Build();
        await using var services = Services(configuration);
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();

        configuration["feature_management:feature_flags:0:enabled"] = "False";
        configuration.Reload();

        await Until.HoldsAsync(() => !client.IsEnabled("f", EvaluationContext.Empty));
    }

    [Fact]
    public async Task ConfigurationWithoutFlagsIsOneInWhichThereAreNone()
    {
        await using var services = Services(new ConfigurationBuilder().Build());
        var client = services.GetRequiredService<IFeatureClient>();

        (await client.WaitUntilReadyAsync(Patience)).State.Should().Be(FeatureClientState.Ready);
        client.EvaluateBoolean("f", EvaluationContext.Empty).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    public void ContainerWithoutConfigurationIsToldOf()
    {
        using var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromFeatureManagement()).BuildServiceProvider();

        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<InvalidOperationException>().WithMessage("*FromFeatureManagementSection(configuration)*");
    }

    [Fact]
    public async Task FileIsRead()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "features.json");
        await File.WriteAllTextAsync(path, """{ "feature_management": { "feature_flags": [{ "id": "f", "enabled": true }] } }""");
        await using var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromFeatureManagementFile(path)).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(Patience);

        client.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
    }

    private static Dictionary<string, string?> Flag(string enabled) => new()
    {
        ["feature_management:feature_flags:0:id"] = "f",
        ["feature_management:feature_flags:0:enabled"] = enabled,
    };

    private static ServiceProvider Services(IConfiguration configuration) =>
        new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromFeatureManagementSection(configuration)).BuildServiceProvider();
}

internal sealed record Look(bool Dark, string Code, double[] Sizes)
{
    public static Look None { get; } = new(false, "", []);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Look))]
internal sealed partial class LookJson : JsonSerializerContext;
