using ProgressiveDelivery.Sdk;
using Shop.Experiments;

namespace Shop.Tour;

/// <summary>Walks through the shop as visitors do, and says what they see. Ends with 1 if something is not as it should be.</summary>
internal static class ShopTour
{
    private const int Visitors = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(WebApplication app, TourFiles files)
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new(app.Urls.Single()) };
        try
        {
            var features = app.Services.GetRequiredService<IFeatureClient>();
            await GateAsync(client, features, files);
            await VariantsAsync(client);
            await ExperimentAsync(client, app.Services.GetRequiredService<ExperimentTally>());
            await GuardAsync(client, features, files);
            await BlazorAsync(client, features, files);
            Expect("The shop is ready", (await new Visitor(client).SendAsync("/health/ready")).Status, 200);
            return 0;
        }
        catch (InvalidOperationException unexpected)
        {
            Console.WriteLine(unexpected.Message);
            return 1;
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static async Task GateAsync(HttpClient client, IFeatureClient features, TourFiles files)
    {
        Say("A gate");
        var visitor = new Visitor(client);
        var ada = new Visitor(client);
        await ada.SendAsync("/sign-in/ada");
        Expect("A visitor asks for /gift-cards", (await visitor.SendAsync("/gift-cards")).Status, 404);
        Expect("Ada, of the staff, asks for it", (await ada.SendAsync("/gift-cards")).Status, 200);
        await InForceAsync(features, files.Change("gift-cards", flag => flag["default"] = "on"));
        Expect("The flag is released: the visitor asks again", (await visitor.SendAsync("/gift-cards")).Status, 200);
    }

    private static async Task VariantsAsync(HttpClient client)
    {
        Say("A variant service, and a tag helper");
        var visitor = new Visitor(client);
        Expect("Shipping for a visitor", (await visitor.SendAsync("/shipping")).Text, "In three days");
        Expect("Shipping for plan gold", (await visitor.SendAsync("/shipping", header: ("X-Plan", "gold"))).Text, "Tomorrow");
        Expect("The page's script asks over OFREP", (await OfrepAsync(visitor, "shipping")).Text.Contains("\"value\":\"express\"", StringComparison.Ordinal), true);
        Expect("It asks for a flag that is not for browsers", (await OfrepAsync(visitor, "gift-cards")).Status, 404);
        Expect("The banner in Spain", (await visitor.SendAsync("/?country=ES")).Text.Contains("beach towels", StringComparison.Ordinal), true);
        Expect("The banner in Norway", (await visitor.SendAsync("/?country=NO")).Text.Contains("beach towels", StringComparison.Ordinal), false);
    }

    private static Task<(int Status, string Text)> OfrepAsync(Visitor visitor, string flag) =>
        visitor.SendAsync($"/ofrep/v1/evaluate/flags/{flag}", HttpMethod.Post, ("X-Plan", "gold"));

    private static async Task ExperimentAsync(HttpClient client, ExperimentTally tally)
    {
        Say($"An experiment with {Visitors} visitors");
        var seen = tally.Visitors;
        for (var i = 0; i < Visitors; i++)
        {
            var visitor = new Visitor(client);
            var page = (await visitor.SendAsync("/")).Text;
            Expect("A second look", (await visitor.SendAsync("/")).Text == page, true, isQuiet: true);
            if (i % (page.Contains("green", StringComparison.Ordinal) ? 4 : 10) == 0)
                await visitor.SendAsync("/orders", HttpMethod.Post);
        }

        await UntilAsync("all visitors are counted", () => tally.Visitors >= seen + Visitors && tally.Buyers > 0);
        Console.WriteLine(tally);
    }

    private static async Task GuardAsync(HttpClient client, IFeatureClient features, TourFiles files)
    {
        Say("A release that fails, and a guard");
        await InForceAsync(features, files.Change("new-search", flag => flag["default"]!["rollout"]!["percent"] = 50));
        var failed = 0;
        for (var i = 0; i < Visitors; i++)
            failed += (await new Visitor(client).SendAsync("/search/boats")).Status == 500 ? 1 : 0;
        Console.WriteLine($"  {failed} of {Visitors} searches failed; then the guard took the release back");
        Expect("The guard took it back early", failed is > 0 and < 100, true);
        Expect("A search now", (await new Visitor(client).SendAsync("/search/boats")).Status, 200);
    }

    private static async Task BlazorAsync(HttpClient client, IFeatureClient features, TourFiles files)
    {
        Say("A Blazor page");
        Expect("Reviews", (await new Visitor(client).SendAsync("/reviews")).Text.Contains("Five stars", StringComparison.Ordinal), true);
        await InForceAsync(features, files.Change("reviews", flag => flag["default"] = "off"));
        Expect("Reviews after the flag is off", (await new Visitor(client).SendAsync("/reviews")).Text.Contains("come soon", StringComparison.Ordinal), true);
    }

    private static Task InForceAsync(IFeatureClient features, long version) => UntilAsync($"version {version} is in force", () => features.Status.SnapshotVersion >= version);

    private static async Task UntilAsync(string what, Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            if (patience.IsCancellationRequested)
                throw new InvalidOperationException($"After {Patience.TotalSeconds} s it does not hold that {what}.");
            await Task.Delay(20);
        }
    }

    private static void Say(string what) => Console.WriteLine($"\n{what}");

    private static void Expect<T>(string what, T found, T expected, bool isQuiet = false)
    {
        if (!Equals(found, expected))
            throw new InvalidOperationException($"  {what}: {found}, and not {expected}.");
        if (!isQuiet)
            Console.WriteLine($"  {what}: {found}");
    }
}
