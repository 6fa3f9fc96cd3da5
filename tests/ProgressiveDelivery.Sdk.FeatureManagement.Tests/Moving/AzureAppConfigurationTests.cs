using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.AspNetCore;
using ProgressiveDelivery.Sdk.FeatureManagement.Tests.Support;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.Moving;

/// <summary>A provider that produces the keys of Azure App Configuration's, and reloads as it does.</summary>
public sealed class AzureAppConfigurationTests
{
    private readonly Store _store = new();

    [Fact]
    public async Task RefreshReachesTheManagersAndGates()
    {
        _store.Publish(("Beta", true, "blue"));
        await using var site = await StartAsync();
        (await site.GetAsync("/state")).Should().Be("True blue");

        _store.Publish(("Beta", false, "green"));

        await Until.HoldsAsync(() => !site.Services.GetRequiredService<IFeatureClient>().IsEnabled("Beta", EvaluationContext.Empty));
        (await site.GetAsync("/state")).Should().Be("False green");
    }

    [Fact]
    public async Task FlagThatIsAddedOrRemovedIsSeen()
    {
        _store.Publish(("Beta", true, "blue"));
        await using var site = await StartAsync();
        var manager = site.Services.GetRequiredService<IFeatureManager>();
        (await NamesAsync(manager)).Should().Equal("Beta");

        _store.Publish(("Gamma", true, "red"), ("Delta", false, "red"));

        await Until.HoldsAsync(() => site.Services.GetRequiredService<IFeatureClient>().IsEnabled("Gamma", EvaluationContext.Empty));
        (await NamesAsync(manager)).Should().Equal("Gamma", "Delta");
        (await manager.IsEnabledAsync("Beta")).Should().BeFalse();
    }

    private Task<Site> StartAsync() => Site.StartAsync(
        services =>
        {
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Add(_store).Build());
            services.AddFeatureManagement();
            services.AddProgressiveDelivery(flags => flags.FromFeatureManagement().AddAspNetCore().ServeFeatureManagement());
        },
        app => app.MapGet("/state", async (IVariantFeatureManagerSnapshot features) => $"{await features.IsEnabledAsync("Beta")} {(await features.GetVariantAsync("Beta")).Configuration.Value}"));

    private static async Task<List<string>> NamesAsync(IFeatureManager manager)
    {
        List<string> names = [];
        await foreach (var name in manager.GetFeatureNamesAsync())
            names.Add(name);
        return names;
    }

    private sealed class Store : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Publish(params (string Name, bool Enabled, string Color)[] flags)
        {
            var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < flags.Length; i++)
            {
                var path = FormattableString.Invariant($"feature_management:feature_flags:{i}");
                data[$"{path}:id"] = flags[i].Name;
                data[$"{path}:description"] = "";
                data[$"{path}:enabled"] = flags[i].Enabled.ToString();
                data[$"{path}:variants:0:name"] = "only";
                data[$"{path}:variants:0:configuration_value"] = flags[i].Color;
                data[$"{path}:allocation:default_when_enabled"] = "only";
                data[$"{path}:allocation:default_when_disabled"] = "only";
                data[$"{path}:telemetry:enabled"] = "True";
                data[$"{path}:telemetry:metadata:ETag"] = "e";
            }

            Data = data;
            OnReload();
        }
    }
}
