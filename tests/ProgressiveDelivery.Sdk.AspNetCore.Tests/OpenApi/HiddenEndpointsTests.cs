using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.OpenApi;

/// <summary>A document does not show what is off for everyone, and shows it after its release.</summary>
public sealed class HiddenEndpointsTests
{
    [Fact]
    public async Task EndpointAppearsInTheDocumentAfterItsReleaseAndGoesWithAKill()
    {
        await using var web = await StartAsync(SomeFlags.Off("checkout"));
        (await PathsAsync(web)).Should().NotContain("/gated").And.Contain("/open");

        await web.ReleaseAsync(SomeFlags.OnFor("checkout", "ada"));
        await UntilAsync(web, paths => paths.Contains("\"/gated\"", StringComparison.Ordinal));

        await web.App.Services.GetRequiredService<ISnapshotControl>().OverrideAsync("checkout", "off", new("ops", "a fault"));
        await UntilAsync(web, paths => !paths.Contains("\"/gated\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ControllersAreHiddenAndShownToo()
    {
        await using var web = await StartAsync(SomeFlags.Text("theme"));
        (await PathsAsync(web)).Should().NotContain("/hidden");

        await web.ReleaseAsync(SomeFlags.Text("theme").For("new", "ada"));

        await UntilAsync(web, paths => paths.Contains("\"/hidden\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CandidateThatNoRequestCanGetIsHidden()
    {
        await using var web = await StartAsync(SomeFlags.Text("theme").For("odd", "odo"));
        var explorer = web.App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>();

        var variants = explorer.ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .Where(description => description.RelativePath == "themed")
            .Select(description => description.ActionDescriptor.EndpointMetadata.OfType<FeatureVariantAttribute>().SingleOrDefault()?.Variant);

        variants.Should().BeEquivalentTo(["odd", null]);
    }

    [Fact]
    public async Task RulesThatChangeNothingShownKeepTheDescriptions()
    {
        await using var web = await StartAsync(SomeFlags.OnFor("checkout", "ada"));
        var explorer = web.App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>();
        var before = explorer.ApiDescriptionGroups;

        await web.ReleaseAsync(SomeFlags.OnFor("checkout", "ada", "eve"));
        await web.ReleaseAsync(SomeFlags.OnFor("checkout", "eve"));

        explorer.ApiDescriptionGroups.Should().BeSameAs(before);
    }

    public static TheoryData<FlagDefinition?, string?, bool, bool> Gates => new()
    {
        { null, null, false, true },
        { null, null, true, false },
        { SomeFlags.Off("checkout"), null, false, true },
        { SomeFlags.Off("checkout"), null, true, false },
        { SomeFlags.On("checkout"), null, false, false },
        { SomeFlags.On("checkout"), null, true, true },
        { SomeFlags.On("checkout"), "off", false, true },
        { SomeFlags.On("checkout") with { Enabled = false }, null, false, true },
        { SomeFlags.OnFor("checkout", "ada"), null, false, false },
        { SomeFlags.OnFor("checkout", "ada"), null, true, false },
        { SomeFlags.Off("checkout").For("off", "ada"), null, false, true },
        { SomeFlags.Text("checkout"), null, false, true },
        { SomeFlags.Text("checkout"), "old", false, false },
        { SomeFlags.Text("checkout").For("new", "ada"), "new", false, false },
    };

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task GateThatCannotOpenHidesItsEndpoint(FlagDefinition? flag, string? variant, bool isNegated, bool isHidden)
    {
        await using var web = await WebUnderTest.StartAsync(
            flag is null ? [] : [flag],
            app => app.MapGet("/gated", () => "").WithMetadata(new RequireFeatureAttribute("checkout") { Variant = variant, IsNegated = isNegated }),
            builder => builder.Services.AddEndpointsApiExplorer());

        var groups = web.App.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups;

        groups.Items.SelectMany(group => group.Items).Should().HaveCount(isHidden ? 0 : 1);
    }

    private static Task<WebUnderTest> StartAsync(params FlagDefinition[] flags) => WebUnderTest.StartAsync(flags, static app =>
    {
        app.MapOpenApi();
        app.MapControllers();
        app.MapGet("/open", () => "");
        app.MapGet("/gated", () => "").RequireFeature("checkout");
        app.MapGet("/themed", () => "").WithFeatureVariant("theme", "new");
        app.MapGet("/themed", () => "").WithFeatureVariant("theme", "odd");
        app.MapGet("/themed", () => "");
    }, static builder =>
    {
        builder.Services.AddOpenApi();
        builder.Services.AddControllers().AddApplicationPart(typeof(HiddenController).Assembly);
    });

    private static Task<string> PathsAsync(WebUnderTest web) => web.GetAsync("/openapi/v1.json");

    // The rules are in force; that the explorer hears of it may take a moment.
    private static async Task UntilAsync(WebUnderTest web, Func<string, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds(await PathsAsync(web)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

[SuppressMessage("Performance", "CA1822", Justification = "Actions are methods of instances.")]
[ApiController]
[Route("hidden")]
public sealed class HiddenController : ControllerBase
{
    [HttpGet]
    [FeatureVariant("theme", "new")]
    public string Get() => "";
}
