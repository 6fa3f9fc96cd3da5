using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk;

namespace Canary;

/// <summary>The web API under release: <c>GET /checkout/{user}</c> runs the old or the new checkout, as the flag says.</summary>
internal static class Shop
{
    private static readonly FeatureFlag<bool> NewCheckout = new("new-checkout", fallback: false);

    /// <summary>Serves until the process is killed. The first line printed is the address.</summary>
    public static async Task RunAsync(string rules, string state, bool isMended)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new Checkout(isMended));
        builder.Services.AddProgressiveDelivery(flags => flags.FromFile(rules).KeepLastKnownGoodIn(state));
        await using var app = builder.Build();
        app.MapGet("/checkout/{user}", CheckOutAsync);
        app.MapPost("/bug", (Checkout checkout) => checkout.BeginToFail());
        app.MapGet("/canary", (IFeatureClient features) => CanaryView.Of(features.Status));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    private static async Task<IResult> CheckOutAsync(string user, IFeatureClient features, Checkout checkout, CancellationToken aborted)
    {
        try
        {
            var page = await features.ExecuteAsync(
                NewCheckout,
                new EvaluationContext(user),
                checkout,
                treatment: static (checkout, token) => checkout.NewAsync(token),
                control: static (_, token) => Checkout.OldAsync(token),
                cancellationToken: aborted);
            return Results.Text(page);
        }
        catch (CheckoutException)
        {
            return Results.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }
}
