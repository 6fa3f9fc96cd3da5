using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;

/// <summary>Actions of controllers are candidates as other endpoints are, also those that are found while a request is routed.</summary>
public sealed class ControllerSelectionTests
{
    [Theory]
    [InlineData("/cart", "ada", "new")]
    [InlineData("/cart", "eve", "old")]
    [InlineData("/dynamic/cart", "ada", "dynamic new")]
    [InlineData("/dynamic/cart", "eve", "dynamic old")]
    public async Task ActionOfTheVariantAnswers(string path, string user, string expected)
    {
        await using var web = await WebUnderTest.StartAsync([SomeFlags.Text("checkout").For("new", "ada")], Map, Add);

        (await web.GetAsync(path, user)).Should().Be(expected);

        static void Map(WebApplication app)
        {
            app.MapControllers();
            app.MapDynamicControllerRoute<ToDynamic>("dynamic/{action}");
        }
    }

    private static void Add(WebApplicationBuilder builder)
    {
        HeaderAuthentication.AddTo(builder);
        builder.Services.AddSingleton<ToDynamic>();
        builder.Services.AddControllers().AddApplicationPart(typeof(CartController).Assembly);
    }

    private sealed class ToDynamic : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values)
        {
            values["controller"] = "Dynamic";
            return new(values);
        }
    }
}

[SuppressMessage("Performance", "CA1822", Justification = "Actions are methods of instances.")]
[ApiController]
[Route("cart")]
public sealed class CartController : ControllerBase
{
    [HttpGet]
    [FeatureVariant("checkout", "new")]
    public string New() => "new";

    [HttpGet]
    public string Old() => "old";
}

[SuppressMessage("Performance", "CA1822", Justification = "Actions are methods of instances.")]
public sealed class DynamicController : Controller
{
    [ActionName("cart")]
    [FeatureVariant("checkout", "new")]
    public string New() => "dynamic new";

    [ActionName("cart")]
    public string Old() => "dynamic old";
}
