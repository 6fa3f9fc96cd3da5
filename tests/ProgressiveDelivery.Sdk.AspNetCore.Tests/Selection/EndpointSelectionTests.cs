using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;

/// <summary>Of several endpoints of a route, the one of the request's variant answers.</summary>
public sealed class EndpointSelectionTests
{
    private static readonly Definitions.FlagDefinition Checkout = SomeFlags.Text("checkout").For("new", "ada").For("odd", "odo");

    [Fact]
    public async Task UserGetsTheEndpointOfTheirVariantAndTheHandlerAgrees()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], Map, HeaderAuthentication.AddTo);

        (await web.GetAsync("/cart", "ada")).Should().Be("candidate new");
        (await web.GetAsync("/cart", "eve")).Should().Be("candidate old");
        (await web.GetAsync("/cart")).Should().Be("candidate old");
        web.App.Services.GetRequiredService<HeaderAuthentication.Counter>().Count.Should().Be(3, "the handler keeps its result for the middleware");

        static void Map(WebApplication app)
        {
            app.MapGet("/cart", (IFeatureClient features) => $"candidate {features.GetString("checkout", "?")}").WithFeatureVariant("checkout", "old");
            app.MapGet("/cart", (IFeatureClient features) => $"candidate {features.GetString("checkout", "?")}").WithFeatureVariant("checkout", "new");
        }
    }

    [Fact]
    public async Task VariantWithoutCandidateFallsBackOrIsNotFound()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], Map, HeaderAuthentication.AddTo);

        (await web.GetAsync("/with", "ada")).Should().Be("new");
        (await web.GetAsync("/with", "odo")).Should().Be("other");
        (await web.GetAsync("/without", "ada")).Should().Be("new");
        (await web.GetAsync("/without", "odo")).Should().Be("404");
        (await web.GetAsync("/unknown", "ada")).Should().Be("404");

        static void Map(WebApplication app)
        {
            app.MapGet("/with", () => "other");
            app.MapGet("/with", () => "new").WithFeatureVariant("checkout", "new");
            app.MapGet("/without", () => "new").WithFeatureVariant("checkout", "new");
            app.MapGet("/unknown", () => "on").WithFeatureVariant("no-such-flag", "on");
        }
    }

    [Fact]
    public async Task TwoCandidatesForOneVariantAreAmbiguous()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], Map, HeaderAuthentication.AddTo);

        var asking = () => web.GetAsync("/cart", "ada");

        (await asking.Should().ThrowAsync<Exception>()).Which.GetType().Name.Should().Be("AmbiguousMatchException");
        (await web.GetAsync("/cart", "eve")).Should().Be("other");

        static void Map(WebApplication app)
        {
            app.MapGet("/cart", () => "one").WithFeatureVariant("checkout", "new");
            app.MapGet("/cart", () => "two").WithFeatureVariant("checkout", "new");
            app.MapGet("/cart", () => "other");
        }
    }

    [Fact]
    public async Task ConstraintsMethodsAndPrecedenceStand()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], Map, HeaderAuthentication.AddTo);

        (await web.GetAsync("/items/17", "ada")).Should().Be("new 17");
        (await web.GetAsync("/items/17", "eve")).Should().Be("any 17");
        (await web.GetAsync("/items/best", "ada")).Should().Be("any best");
        (await web.GetAsync("/items/special", "ada")).Should().Be("special", "a literal route comes before a parameter");
        using var post = await web.SendAsync("/items/17", "ada", HttpMethod.Post);
        (await post.Content.ReadAsStringAsync()).Should().Be("posted 17");
        using var delete = await web.SendAsync("/items/17", "ada", HttpMethod.Delete);
        ((int)delete.StatusCode).Should().Be(405);

        static void Map(WebApplication app)
        {
            app.MapGet("/items/{id}", (string id) => $"any {id}");
            app.MapGet("/items/{id:int}", (int id) => $"new {id}").WithFeatureVariant("checkout", "new");
            app.MapPost("/items/{id:int}", (int id) => $"posted {id}").WithFeatureVariant("checkout", "new");
            app.MapGet("/items/special", () => "special");
        }
    }

    [Fact]
    public async Task AllVariantsMustBeGivenAndTheMoreDemandingComesFirst()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout, SomeFlags.OnFor("beta", "ada", "odo")], Map, HeaderAuthentication.AddTo);

        (await web.GetAsync("/cart", "ada")).Should().Be("both");
        (await web.GetAsync("/cart", "odo")).Should().Be("beta");
        (await web.GetAsync("/cart", "eve")).Should().Be("other");

        static void Map(WebApplication app)
        {
            app.MapGet("/cart", () => "other");
            var beta = app.MapGroup("").WithFeatureVariant("beta", "on");
            beta.MapGet("/cart", () => "beta");
            beta.MapGet("/cart", () => "both").WithFeatureVariant("checkout", "new");
        }
    }

    [Fact]
    public async Task RulesOfTheSelectionAreThoseOfTheHandler()
    {
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSelected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var web = await WebUnderTest.StartAsync([Checkout], Map, HeaderAuthentication.AddTo);

        var answer = web.GetAsync("/cart", "ada");
        await isSelected.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await web.ReleaseAsync(SomeFlags.Text("checkout"));
        mayAnswer.SetResult();

        (await answer).Should().Be("new new");
        (await web.GetAsync("/cart", "ada")).Should().Be("404");

        void Map(WebApplication app) => app.MapGet("/cart", async (IFeatureClient features) =>
        {
            isSelected.TrySetResult();
            await mayAnswer.Task;
            return $"new {features.GetString("checkout", "?")}";
        }).WithFeatureVariant("checkout", "new");
    }

    [Fact]
    public async Task WithoutAuthenticationTheCallerIsAnonymous()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            app.MapGet("/cart", () => "new").WithFeatureVariant("checkout", "new");
            app.MapGet("/cart", () => "old").WithFeatureVariant("checkout", "old");
        });

        (await web.GetAsync("/cart", "ada")).Should().Be("old");
    }

    [Fact]
    public async Task AuthenticationBeforeRoutingIsNotRepeated()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            app.UseAuthentication();
            app.UseRouting();
            app.MapGet("/cart", () => "new").WithFeatureVariant("checkout", "new");
            app.MapGet("/cart", () => "other");
        }, HeaderAuthentication.AddTo);

        (await web.GetAsync("/cart", "ada")).Should().Be("new");
        web.App.Services.GetRequiredService<HeaderAuthentication.Counter>().Count.Should().Be(1);
    }

    [Fact]
    public async Task HandlersMayCarryTheAttribute()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app =>
        {
            var route = "/cart";        // A literal would be reported as a conflict (ASP0022), whose rule does not know the attribute.
            app.MapGet(route, [FeatureVariant("checkout", "new")] () => "new");
            app.MapGet(route, () => "other");
        }, HeaderAuthentication.AddTo);

        (await web.GetAsync("/cart", "ada")).Should().Be("new");
        (await web.GetAsync("/cart", "eve")).Should().Be("other");
    }

    [Theory]
    [InlineData("", "on", "flag")]
    [InlineData("checkout", " ", "variant")]
    public void NamesAreNotBlank(string flag, string variant, string name)
    {
        var making = () => new FeatureVariantAttribute(flag, variant);

        making.Should().Throw<ArgumentException>().WithParameterName(name);
    }
}
