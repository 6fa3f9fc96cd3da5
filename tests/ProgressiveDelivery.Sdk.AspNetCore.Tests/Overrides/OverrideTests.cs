using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>What an authorized override does, and what it leaves alone.</summary>
public sealed class OverrideTests
{
    [Fact]
    public async Task TesterChoosesAVariantForOneRequest()
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync("tester", "banner=b")).Should().Be("b Override");
        (await app.ReadAsync("tester", null)).Should().Be("a Default");
        (await app.ReadAsync("customer", null)).Should().Be("a Default");
    }

    [Theory]
    [InlineData("banner=b,banner=c", "c Override")]
    [InlineData(" banner = b ,, ", "b Override")]
    [InlineData("banner=b, gone=on", "b Override")]
    [InlineData("banner=%62", "b Override")]
    [InlineData("banner=zebra", "a Default")]
    [InlineData("BANNER=b", "a Default")]
    [InlineData("banner", "a Default")]
    [InlineData("banner=", "a Default")]
    [InlineData("=b", "a Default")]
    [InlineData("", "a Default")]
    [InlineData("%%%=%zz", "a Default")]
    public async Task HeaderIsReadAsFarAsItMakesSense(string header, string expected)
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync("tester", header)).Should().Be(expected);
    }

    [Fact]
    public async Task SeveralHeaderLinesAreOneList()
    {
        await using var app = await OverrideApp.StartAsync();

        using var response = await app.SendAsync("tester", headers: [(OverrideApp.Header, "banner=c"), (OverrideApp.Header, "banner=b"), (OverrideApp.Header, "gone=on")]);

        (await response.Content.ReadAsStringAsync()).Should().Be("b Override");
    }

    [Fact]
    public async Task EncodedNamesMayHoldTheSeparators()
    {
        await using var app = await OverrideApp.StartAsync(pipeline: static app => app.MapGet("/odd", (IFeatureClient features) => features.IsEnabled("with,=")));

        (await app.ReadAsync("tester", "with%2C%3D=on", "/odd")).Should().Be("true");
        (await app.ReadAsync("tester", null, "/odd")).Should().Be("false");
    }

    [Fact]
    public async Task OverrideIsNeitherExposedNorGiven()
    {
        await using var app = await OverrideApp.StartAsync(pipeline: static app => app.MapGet("/given", (IFeatureClient features, IFeatureScope scope) =>
        {
            OverrideApp.Text(features);
            features.Track("purchase");
            return scope.Given.Count;
        }));

        (await app.ReadAsync("tester", "banner=b", "/given")).Should().Be("0");
        (await app.ReadAsync("tester", null, "/given")).Should().Be("1");
        await app.DisposeAsync();

        app.Events.Events.OfType<ExposureEvent>().Select(exposure => exposure.Variant).Should().Equal("a");
    }

    [Fact]
    public async Task AcceptedOverrideIsAuditedOncePerRequestAndCounted()
    {
        await using var app = await OverrideApp.StartAsync(pipeline: static app => app.MapGet("/twice", (IFeatureClient features) => OverrideApp.Text(features) + OverrideApp.Text(features)));
        using var counted = new MetricCollector<long>(app.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ProgressiveDelivery.Sdk.AspNetCore", "progressive_delivery.request_overrides");

        await app.ReadAsync("tester\u0085x", "banner=b, gone=on, junk", "/twice");

        var line = app.LogsOf(2020).Should().ContainSingle().Subject;
        line.Level.Should().Be(LogLevel.Information);
        line.Message.Should().Contain("tester x").And.Contain("banner").And.Contain(" b ").And.NotContain("\u0085");
        app.LogsOf(2021).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Debug);
        app.LogsOf(2022).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Debug);
        counted.GetMeasurementSnapshot().Select(one => (one.Tags["result"], one.Value)).Should().BeEquivalentTo(new (object?, long)[] { ("accepted", 1), ("ignored", 1), ("ignored", 1) });
        app.Services.GetRequiredService<ISnapshotControl>().AuditTrail.Should().ContainSingle(record => record.Kind == ControlActKind.ForceVariant && record.Flag == "banner");
    }

    [Fact]
    public async Task PipelineThatHandlesAnErrorReadsOverridesOnce()
    {
        await using var app = await OverrideApp.StartAsync(pipeline: static app =>
        {
            app.UseExceptionHandler("/");
            app.UseFeatureOverrides();
            app.MapGet("/fail", string () => throw new InvalidOperationException("It fails."));
        });

        using var response = await app.SendAsync("tester", "/fail", headers: [(OverrideApp.Header, "banner=b")]);

        (await response.Content.ReadAsStringAsync()).Should().Be("b Override");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        app.LogsOf(2020).Should().ContainSingle();
    }

    [Fact]
    public async Task QueryIsReadOnRequestsThatChangeNothing()
    {
        await using var app = await OverrideApp.StartAsync(static options =>
        {
            OverrideApp.Testers(options);
            options.FromQuery();
        });

        (await app.ReadAsync("tester", null, "/?feature-override=banner=b")).Should().Be("b Override");
        (await app.ReadAsync("tester", null, "/?feature-override=banner=b", HttpMethod.Post)).Should().Be("a Default");
        (await app.ReadAsync("tester", "banner=c", "/?feature-override=banner=b")).Should().Be("b Override", "the query comes after the header");
        (await app.ReadAsync("customer", null, "/?feature-override=banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task PlacesThatWereNotAskedForAreNotRead()
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync("tester", null, "/?feature-override=banner=b")).Should().Be("a Default");
        using var response = await app.SendAsync("tester", headers: [("Cookie", "feature-override=banner%3Db")]);

        (await response.Content.ReadAsStringAsync()).Should().Be("a Default");
    }

    [Fact]
    public async Task OverridesOfOneRequestNeverReachOneBesideIt()
    {
        await using var app = await OverrideApp.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2) switch
        {
            0 => app.ReadAsync("tester", "banner=b"),
            _ => app.ReadAsync("customer", null),
        }));

        answers.Where((_, i) => i % 2 == 0).Should().OnlyContain(answer => answer == "b Override");
        answers.Where((_, i) => i % 2 == 1).Should().OnlyContain(answer => answer == "a Default");
    }
}
