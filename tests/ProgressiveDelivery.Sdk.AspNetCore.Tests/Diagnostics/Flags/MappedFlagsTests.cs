using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class MappedFlagsTests
{
    private readonly CountingDiagnostics _diagnostics = new();

    [Theory]
    [InlineData("flags", HttpStatusCode.OK, "<h1>Flags</h1>")]
    [InlineData("flag?key=beta", HttpStatusCode.OK, "in force: snapshot 1")]
    [InlineData("flag?key=bata", HttpStatusCode.NotFound, "flag?key=beta")]
    [InlineData("flag", HttpStatusCode.NotFound, "The address names no flag.")]
    [InlineData("experiments", HttpStatusCode.OK, "No experiment runs.")]
    public async Task ScreensAreAnsweredInTheFrame(string path, HttpStatusCode status, string text)
    {
        await using var app = await StartAsync();

        using var response = await app.SendAsync("/_features/" + path);

        response.StatusCode.Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().Contain(text).And.Contain("<main id=\"main\">").And.Contain(".flags-table");
    }

    [Fact]
    public async Task CountingBeginsWithTheHostAndSamplingEndsWithIt()
    {
        var readings = 0;
        _diagnostics.Counts = () =>
        {
            Interlocked.Increment(ref readings);
            return [new("beta", "on", EvaluationReason.Default, readings * 10)];
        };
        await using var app = await StartAsync();
        await Wait.UntilAsync(() => _diagnostics.Counting == 1 && Volatile.Read(ref readings) == 1);

        app.Clock.Advance(TimeSpan.FromSeconds(10));
        (await app.GetAsync("/_features/flags")).Should().Contain("Served, last 10");

        await app.App.StopAsync();
        var before = Volatile.Read(ref readings);
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        Volatile.Read(ref readings).Should().Be(before);
        before.Should().Be(2);
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        TestApp.Always("beta", "on"),
        pipeline: static app =>
        {
            app.UseAuthorization();
            app.MapFeatureDiagnostics("/_features", static page => page.ViewPolicy = "anyone");
        },
        services: services => services.AddSingleton<IFeatureDiagnostics>(_diagnostics).AddAuthorization(static options => options.AddPolicy("anyone", static policy => policy.RequireAssertion(static _ => true))));
}
