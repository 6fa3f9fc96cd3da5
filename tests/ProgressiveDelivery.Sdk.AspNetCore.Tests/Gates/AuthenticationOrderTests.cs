using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

/// <summary>A gate before authentication would judge every user as an anonymous one.</summary>
public class AuthenticationOrderTests
{
    private const string Rejection = "UseWhenFeature of flag 'for-anna' comes before UseAuthentication, *Call UseAuthentication first.";

    [Fact]
    public async Task BranchBeforeAuthenticationStopsTheStartOfAWebApplication()
    {
        await using var app = GateApp.Build(builder => UserHeader.AddTo(builder.Services));
        app.UseWhenFeature(GateFlags.ForAnna, Tag);
        app.UseAuthentication();

        var start = () => app.StartAsync();

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage(Rejection);
    }

    [Fact]
    public async Task BranchInAPathBeforeItsAuthenticationStopsTheStart()
    {
        await using var app = GateApp.Build(builder => UserHeader.AddTo(builder.Services));
        app.Map("/shop", shop =>
        {
            shop.UseWhenFeature(GateFlags.ForAnna, Tag);
            shop.UseAuthentication();
        });

        var start = () => app.StartAsync();

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage(Rejection);
    }

    // The builder of the path does not see what is called on the application afterwards.
    [Fact]
    public async Task BranchInAPathBeforeTheAuthenticationOfAllIsLoggedOnce()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.Map("/shop", shop => shop.UseWhenFeature(GateFlags.ForAnna, Tag));
            app.UseAuthentication();
        }, builder => UserHeader.AddTo(builder.Services));

        await app.StatusAsync("/shop/1");
        await app.StatusAsync("/shop/2");

        app.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2040).Which.Message.Should().Contain("'/1'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BranchAfterAuthenticationJudgesTheUser(bool callsIt)
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            if (callsIt)
                app.UseAuthentication();
            app.UseWhenFeature(GateFlags.ForAnna, Tag);
            app.MapGet("/", () => "in");
        }, builder => UserHeader.AddTo(builder.Services));

        (await IsTaggedAsync(app.Client, "anna")).Should().BeTrue();
        (await IsTaggedAsync(app.Client, "bob")).Should().BeFalse();
    }

    [Fact]
    public async Task AuthenticationOfABranchOnlyIsNoFault()
    {
        await using var app = await GateApp.StartAsync(app =>
        {
            app.UseWhenFeature(GateFlags.Open, branch => branch.UseAuthentication());
            app.MapGet("/", () => "in");
        }, builder => UserHeader.AddTo(builder.Services));

        (await app.StatusAsync("/")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BranchBeforeAuthenticationStopsTheStartOfAStartupClass()
    {
        using var host = Classic(app =>
        {
            app.UseWhenFeature(GateFlags.ForAnna, Tag);
            app.UseAuthentication();
        });

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage(Rejection);
    }

    [Fact]
    public async Task BranchAfterAuthenticationOfAStartupClassJudgesTheUser()
    {
        using var host = Classic(app =>
        {
            app.UseAuthentication();
            app.UseWhenFeature(GateFlags.ForAnna, Tag);
        });
        await host.StartAsync();
        using var client = host.GetTestClient();

        (await IsTaggedAsync(client, "anna")).Should().BeTrue();
        (await IsTaggedAsync(client, "bob")).Should().BeFalse();
    }

    [Fact]
    public async Task EndpointsBeforeAuthenticationAreLoggedOnce()
    {
        using var host = Classic(app =>
        {
            app.UseRouting();
            app.UseEndpoints(endpoints =>
            {
                endpoints.MapGet("/one", () => "in").RequireFeature(GateFlags.ForAnna);
                endpoints.MapGet("/two", () => "in").RequireFeature(GateFlags.ForAnna);
            });
            app.UseAuthentication();
        });
        await host.StartAsync();
        using var client = host.GetTestClient();

        foreach (var path in new[] { "/one", "/two", "/one" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        var record = host.Services.GetFakeLogCollector().GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2040).Subject;
        record.Level.Should().Be(LogLevel.Error);
        record.Message.Should().Contain("for-anna").And.Contain("/one").And.Contain("Call UseAuthentication first");
    }

    [Fact]
    public async Task NothingIsLoggedWhereTheOrderIsRightOrNothingAuthenticates()
    {
        await using var right = await GateApp.StartAsync(app => app.MapGet("/", () => "in").RequireFeature(GateFlags.Open), builder => UserHeader.AddTo(builder.Services));
        await using var open = await GateApp.StartAsync(app => app.MapGet("/", () => "in").RequireFeature(GateFlags.Open));
        using var schemeless = Classic(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGet("/", () => "in").RequireFeature(GateFlags.Open)), services => services.AddAuthenticationCore());
        await schemeless.StartAsync();
        using var client = schemeless.GetTestClient();

        (await right.StatusAsync("/")).Should().Be(HttpStatusCode.OK);
        (await open.StatusAsync("/")).Should().Be(HttpStatusCode.OK);
        (await client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Be("in");
        right.Logs.GetSnapshot().Concat(open.Logs.GetSnapshot()).Concat(schemeless.Services.GetFakeLogCollector().GetSnapshot()).Should().NotContain(record => record.Id.Id == 2040);
    }

    private static void Tag(IApplicationBuilder branch) => branch.Use((http, next) =>
    {
        http.Response.Headers["X-Tag"] = "on";
        return next(http);
    });

    private static async Task<bool> IsTaggedAsync(HttpClient client, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(UserHeader.Header, user);
        using var response = await client.SendAsync(request);
        return response.Headers.Contains("X-Tag");
    }

    private static IHost Classic(Action<IApplicationBuilder> configure, Action<IServiceCollection>? authenticate = null) =>
        new HostBuilder()
            .ConfigureLogging(logging => logging.AddFakeLogging())
            .ConfigureWebHost(web => web.UseTestServer().Configure(configure).ConfigureServices(services =>
            {
                services.AddRouting();
                (authenticate ?? UserHeader.AddTo)(services);
                GateApp.AddFlags(services);
            })).Build();
}
