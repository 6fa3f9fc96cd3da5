using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

public class GateResponseTests
{
    [Fact]
    public async Task W09_RefusalIsConfiguredForTheApplicationAndForEachGate()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.MapGet("/default", () => "in").RequireFeature(GateFlags.Shut);
            app.MapGet("/missing", () => "in").RequireFeature(GateFlags.Shut, GateResponse.NotFound);
            app.MapGet("/late", () => "in").RequireFeature(GateFlags.Banner, "red", GateResponse.Unavailable(TimeSpan.FromSeconds(90.2)));
            app.MapGet("/moved", () => "in").RequireFeatureOff(GateFlags.Open, GateResponse.RedirectTo("/soon?from=moved"));
            app.MapGet("/gone", () => "in").RequireFeature(GateFlags.Shut, GateResponse.Status(410));
            app.MapGet("/custom", () => "in").RequireFeature(GateFlags.Banner, "red", GateResponse.Custom(async (http, refusal) =>
            {
                http.Response.StatusCode = StatusCodes.Status402PaymentRequired;
                await http.Response.WriteAsync($"{refusal.Flag} must be {refusal.Variant}");
            }));
        }, flags: flags => flags.FromDocument(GateFlags.Document).ConfigureGates(gates => gates.Response = GateResponse.Forbidden));

        (await app.StatusAsync("/default")).Should().Be(HttpStatusCode.Forbidden);
        (await app.StatusAsync("/missing")).Should().Be(HttpStatusCode.NotFound);
        (await app.StatusAsync("/gone")).Should().Be(HttpStatusCode.Gone);
        using var late = await app.SendAsync("/late");
        (late.StatusCode, late.Headers.RetryAfter!.Delta).Should().Be((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(91)));
        using var moved = await app.SendAsync("/moved");
        (moved.StatusCode, moved.Headers.Location!.OriginalString).Should().Be((HttpStatusCode.Found, "/soon?from=moved"));
        using var custom = await app.SendAsync("/custom");
        (custom.StatusCode, await custom.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.PaymentRequired, "banner must be red"));
    }

    [Fact]
    public async Task RedirectKnowsThePathPrefixOfTheApplication()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UsePathBase("/shop");
            app.UseRouting();
            app.MapGet("/a", () => "in").RequireFeature(GateFlags.Shut, GateResponse.RedirectTo("~/soon"));
            app.MapGet("/b", () => "in").RequireFeature(GateFlags.Shut, GateResponse.RedirectTo("/soon"));
        });

        using var a = await app.SendAsync("/shop/a");
        using var b = await app.SendAsync("/shop/b");
        using var plain = await app.SendAsync("/a");

        a.Headers.Location!.OriginalString.Should().Be("/shop/soon");
        b.Headers.Location!.OriginalString.Should().Be("/soon");
        plain.Headers.Location!.OriginalString.Should().Be("/soon");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("~//evil.example")]
    [InlineData("~/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\r\nSet-Cookie: b=c")]
    [InlineData("soon")]
    [InlineData("~soon")]
    [InlineData("~")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void RedirectToAForeignOrRelativeAddressIsRejected(string? address)
    {
        var act = () => GateResponse.RedirectTo(address!);

        act.Should().Throw<ArgumentException>().WithParameterName(nameof(address));
    }

    [Fact]
    public async Task ForeignSiteMustBeNamedAsOne()
    {
        await using var app = await GateApp.StartAsync(app =>
            app.MapGet("/", () => "in").RequireFeature(GateFlags.Shut, GateResponse.RedirectToSite(new("https://status.example/shop"))));

        using var response = await app.SendAsync("/");

        (response.StatusCode, response.Headers.Location!.OriginalString).Should().Be((HttpStatusCode.Found, "https://status.example/shop"));
        FluentActions.Invoking(() => GateResponse.RedirectToSite(new("/soon", UriKind.Relative))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => GateResponse.RedirectToSite(new("file:///etc/passwd"))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void ValuesOutOfRangeAreRejected()
    {
        FluentActions.Invoking(() => GateResponse.Status(200)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => GateResponse.Status(600)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => GateResponse.Unavailable(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => GateResponse.Unavailable(TimeSpan.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => GateResponse.Custom(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task OptionsWithoutAResponseStopTheStart()
    {
        await using var app = GateApp.Build(flags: flags => flags.FromDocument(GateFlags.Document).ConfigureGates(gates => gates.Response = null!));

        var start = () => app.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Response*it is null*");
    }

    [Fact]
    public async Task ResponseThatHasStartedStaysAsItIs()
    {
        var ran = false;
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseRouting();
            app.Use(async (http, next) =>
            {
                await http.Response.WriteAsync("early");
                await http.Response.Body.FlushAsync();
                await next(http);
            });
            app.MapGet("/", () => { ran = true; }).RequireFeature(GateFlags.Shut);
        });

        using var response = await app.SendAsync("/");

        (await response.Content.ReadAsStringAsync()).Should().Be("early");
        ran.Should().BeFalse();
        app.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2041).Which.Message.Should().Contain("'/'");
    }

    [Fact]
    public async Task FaultOfTheResponseIsTheApplications()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseExceptionHandler(error => error.Run(http => http.Response.WriteAsync("handled")));
            app.MapGet("/", () => "in").RequireFeature(GateFlags.Shut, GateResponse.Custom((_, _) => throw new InvalidOperationException("Mine.")));
        });

        using var response = await app.SendAsync("/");

        (response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.InternalServerError, "handled"));
    }
}
