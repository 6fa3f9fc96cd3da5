using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ProgressiveDelivery.Sdk;
using Shop.Components;
using Shop.Experiments;
using Shop.Search;
using Shop.Shipping;
using Shop.Tour;

var isTour = args.Contains("--tour");
using var files = isTour ? new TourFiles("flags.json") : null;

var builder = WebApplication.CreateBuilder(args);
if (isTour)
    builder.Logging.ClearProviders();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
builder.Services.AddRazorPages();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddHealthChecks().AddProgressiveDelivery();
builder.Services.AddSingleton<ExperimentTally>();

builder.Services.AddProgressiveDelivery(flags => flags
    .FromFile(files?.Flags ?? "flags.json")
    .AddAspNetCore(request =>
    {
        request.AnonymousId = new();                // the key of visitors who have not signed in
        request.FromQuery("country", "country");    // roles come from the claims of those who have
        request.FromHeader("plan", "X-Plan");
    })
    .AddBlazor()
    .SendEventsTo(services => services.GetRequiredService<ExperimentTally>()));

builder.Services.AddVariantService<IShipping>("shipping").For("express").Use<ExpressShipping>().Otherwise<StandardShipping>();

var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorPages();                                // Pages/Index.cshtml: the tag helper
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.MapFeatureHealth("/health");
app.MapOfrep(configure: ofrep => ofrep.UseRequestContext = true);     // for the script of the first page, and for OpenFeature's SDKs

// Status, rules, explanations, history and acts, for staff: sign in first, at /sign-in/ada.
app.MapFeatureDiagnostics("/_features", page =>
{
    (page.ViewPolicy, page.ActPolicy) = ("staff", "staff");
    page.SavedContexts["Customer in Germany"] = new EvaluationContext("user-7").With("country", "DE");
    page.SavedContexts["Staff"] = new EvaluationContext("ada").With("roles", AttributeValue.List("staff"));
});

// Not there, for whom it is off.
app.MapGet("/gift-cards", () => "A gift card of 50 euros").RequireFeature("gift-cards");

// The variant chooses the class.
app.MapGet("/shipping", (IShipping shipping) => shipping.Offer());

// Shown with the variant of the experiment on the first page; an order is its outcome.
app.MapPost("/orders", (IFeatureClient features) =>
{
    features.Track("purchase");
    return Results.Text("Thank you.");
}).DisableAntiforgery();
app.MapGet("/experiment", (ExperimentTally tally) => tally.ToString());

// Code of a release, dark until the flag says so. If it fails, a guard takes it back: requests that end in an error count by themselves.
app.MapGet("/search/{text}", (string text, IFeatureClient features) => features.IsEnabled("new-search") ? NewSearch.Find(text) : OldSearch.Find(text));

app.MapGet("/sign-in/{name}", async (string name, HttpContext http) =>
{
    var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Role, "staff")], CookieAuthenticationDefaults.AuthenticationScheme);
    await http.SignInAsync(new(identity));
    return $"Hello {name}. Look at /gift-cards and /_features now.";
});

if (isTour)
    return await ShopTour.RunAsync(app, files!);

await app.RunAsync();
return 0;
