using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.Unleash;
using Xunit.Abstractions;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>One story with a real server, whose database takes the longest to make.</summary>
[Trait("Category", "Long")]
public sealed class UnleashServerTests(ITestOutputHelper output)
{
    private const int Users = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Features = ["rollout", "constrained", "segmented", "split", "child", "everybody"];

    [UnleashServerFact]
    public async Task FlagsArriveAgreeWithTheServersOwnAnswersFlipAreCountedAndOutliveTheServer()
    {
        await using var server = await UnleashServer.StartAsync();
        await FillAsync(server);
        await using var services = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags
                .Configure(options => options.UsageInterval = TimeSpan.FromSeconds(1))
                .FromUnleash(unleash =>
                {
                    (unleash.Address, unleash.Token, unleash.AppName) = (server.Address, UnleashServer.Token, "shop");
                    unleash.PollingInterval = TimeSpan.FromSeconds(1);
                }))
            .BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        (await client.WaitUntilReadyAsync(Patience)).State.Should().Be(FeatureClientState.Ready);

        await Until.HoldsAsync(() => client.IsEnabled("everybody", new EvaluationContext("u")));
        await AgreeAsync(server, client);
        await FlipAsync(server, client);
        await CountAsync(server, client);
        await OutliveAsync(server, client);
    }

    private static async Task FillAsync(UnleashServer server)
    {
        var segment = await server.AddSegmentAsync("grown-ups", [Constraint("age", "NUM_GTE", "18")]);
        await server.AddFeatureAsync("rollout", Rollout(37, "rollout"));
        await server.AddFeatureAsync("constrained", Rollout(80, "constrained", Constraint("plan", "IN", "pro", "team")));
        var segmented = Rollout(100, "segmented");
        segmented["segments"] = new JsonArray(segment);
        await server.AddFeatureAsync("segmented", segmented);
        var split = Rollout(90, "split");
        split["variants"] = new JsonArray(Variant("red", "fix", 200), Variant("green", "fix", 300), Variant("blue", "variable", 500));
        await server.AddFeatureAsync("split", split);
        await server.AddFeatureAsync("child", Rollout(60, "child"));
        await server.AddParentAsync("child", "rollout");
        // Last, so that whoever sees it sees all.
        await server.AddFeatureAsync("everybody", Rollout(100, "everybody"));
    }

    private async Task AgreeAsync(UnleashServer server, IFeatureClient client)
    {
        await UntilAsync(async () => (await server.EvaluateAsync("u", [])).ContainsKey("everybody"));
        var (agreed, on) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, Users), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var (user, plan, age) = ($"user-{i}", i % 3 == 0 ? "pro" : "free", i % 50);
            var theirs = await server.EvaluateAsync(user, [new("plan", plan), new("age", $"{age}")]);
            var context = new EvaluationContext(user).With("plan", plan).With("age", age);
            foreach (var feature in Features)
            {
                var ours = client.GetUnleashVariant(feature, context);
                ours.FeatureEnabled.Should().Be(theirs.ContainsKey(feature), $"{feature} of {user}");
                if (ours.FeatureEnabled)
                    ours.Name.Should().Be(theirs[feature], $"{feature} of {user}");
                Interlocked.Add(ref on, ours.FeatureEnabled ? 1 : 0);
            }

            Interlocked.Increment(ref agreed);
        });

        output.WriteLine($"{agreed} of {Users} users agree with the server's own evaluation of {Features.Length} features; {on} answers were on.");
        agreed.Should().Be(Users);
        on.Should().BeInRange(Users * 2, Users * (Features.Length - 1), "otherwise nothing was compared");
    }

    private static async Task FlipAsync(UnleashServer server, IFeatureClient client)
    {
        await server.SwitchAsync("everybody", on: false);
        await Until.HoldsAsync(() => !client.IsEnabled("everybody", new EvaluationContext("u")));
        await server.SwitchAsync("everybody", on: true);
        await Until.HoldsAsync(() => client.IsEnabled("everybody", new EvaluationContext("u")));
    }

    private static async Task CountAsync(UnleashServer server, IFeatureClient client)
    {
        var reds = 0;
        for (var i = 0; i < 100; i++)
            reds += client.GetString("split", new EvaluationContext($"user-{i}"), "none") == "red" ? 1 : 0;
        client.IsEnabled("constrained", new EvaluationContext("ada"));

        await UntilAsync(async () => (await server.UsageAsync("split")) is var usage && usage.Yes + usage.No == 100);
        await UntilAsync(async () => (await server.UsageAsync("constrained")).No == 1);
        await UntilAsync(async () => (await server.ApplicationsAsync()).Contains("shop"));
        var split = await server.UsageAsync("split");
        split.Applications.Should().Equal("shop");
        split.Variants["red"].Should().Be(reds);
        split.Variants.Values.Sum().Should().Be(100);
    }

    private static async Task OutliveAsync(UnleashServer server, IFeatureClient client)
    {
        server.Kill();
        await Until.HoldsAsync(() => client.Status.State == FeatureClientState.Stale);

        client.IsEnabled("everybody", new EvaluationContext("u")).Should().BeTrue();
        client.Status.Cause!.Kind.Should().Be(FeatureClientFaultKind.Unreachable);
    }

    // Asking takes as long as it takes: nothing is slept through.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
            patience.Token.ThrowIfCancellationRequested();
    }

    private static JsonObject Rollout(int percent, string group, params JsonNode[] constraints) => new()
    {
        ["name"] = "flexibleRollout",
        ["parameters"] = new JsonObject { ["rollout"] = $"{percent}", ["stickiness"] = "default", ["groupId"] = group },
        ["constraints"] = new JsonArray(constraints),
    };

    private static JsonObject Constraint(string name, string test, params string[] values) => test.StartsWith("NUM", StringComparison.Ordinal)
        ? new() { ["contextName"] = name, ["operator"] = test, ["value"] = values[0] }
        : new() { ["contextName"] = name, ["operator"] = test, ["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    private static JsonObject Variant(string name, string type, int weight) => new()
    {
        ["name"] = name,
        ["weight"] = weight,
        ["weightType"] = type,
        ["stickiness"] = "default",
        ["payload"] = new JsonObject { ["type"] = "string", ["value"] = name },
    };
}
