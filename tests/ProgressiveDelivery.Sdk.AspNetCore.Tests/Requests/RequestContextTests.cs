using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>The context of a request: its parts, their bounds, and when they are read.</summary>
public sealed class RequestContextTests : IAsyncDisposable
{
    private TestApp? _app;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task AttributesComeFromTheDeclaredPlaces()
    {
        await StartAsync(static options =>
        {
            options.FromHeader("plan", "X-Plan").FromQuery("ref", "r").FromCookie("theme", "t").Add("tenant", static http => http.Request.Host.Host);
            options.RouteValues["shop"] = "shop";
            options.Culture = true;
        });

        var context = await _app!.GetAsync("/in/delft?ask=plan,ref,theme,tenant,shop,culture&r=mail", ("X-Plan", "gold"), ("Cookie", "t=dark"), ("Accept-Language", "nl-NL"));

        context.Should().Be("plan=gold ref=mail theme=dark tenant=localhost shop=delft culture=nl-NL key=");
    }

    [Fact]
    public async Task ClaimsOfASignedInUserAreAttributes()
    {
        await StartAsync();

        (await _app!.GetAsync("/?ask=plan,team,roles,exp,sub", "sub=ada;plan=gold;team=a;team=b;role=staff;exp=17")).Should().Be("plan=gold team=[a, b] roles=[staff] exp= sub= key=ada");
        (await _app.GetAsync("/?ask=plan,team,roles")).Should().Be("plan= team= roles= key=");
    }

    [Fact]
    public async Task DeclarationComesBeforeAClaim()
    {
        await StartAsync(static options => options.FromHeader("plan", "X-Plan"));

        (await _app!.GetAsync("/?ask=plan", "sub=ada;plan=gold", ("X-Plan", "free"))).Should().Be("plan=free key=ada");
        (await _app.GetAsync("/?ask=plan", "sub=ada;plan=gold")).Should().Be("plan= key=ada", "a declared attribute has one place");
    }

    [Fact]
    public async Task ClaimsAreChosenByTheOptions()
    {
        await StartAsync(static options =>
        {
            options.TargetingKeyClaim = "account";
            options.IncludeClaims(static claim => claim.Type != "email");
        });

        (await _app!.GetAsync("/?ask=plan,email,account", "sub=ada;account=17;plan=gold;email=a@b")).Should().Be("plan=gold email= account= key=17");
    }

    [Fact]
    public async Task ClaimsCanBeLeftOut()
    {
        await StartAsync(static options => options.ReadClaims = false);

        (await _app!.GetAsync("/?ask=plan", "sub=ada;plan=gold")).Should().Be("plan= key=ada");
    }

    [Fact]
    public async Task OnlyWhatARuleAsksForIsComputed()
    {
        int plan = 0, tenant = 0;
        await StartAsync(
            options => options
                .Add("plan", _ => Interlocked.Increment(ref plan) > 0 ? "gold" : default(AttributeValue))
                .Add("tenant", _ => Interlocked.Increment(ref tenant) > 0 ? "acme" : default(AttributeValue))
                .AddKind("organization", _ => throw new InvalidOperationException("Not asked for.")),
            $"{TestApp.OnWhere("by-plan", "plan", "gold")}, {TestApp.Always("on", "on")}");

        (await _app!.GetAsync("/flag/on")).Should().Be("True");
        (plan, tenant).Should().Be((0, 0));

        (await _app.GetAsync("/flag/by-plan")).Should().Be("True");
        (plan, tenant).Should().Be((1, 0));
        _app.Logs.GetSnapshot().Should().NotContain(line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task AttributeIsReadOnceWhenManyThreadsAsk()
    {
        var reads = 0;
        using var all = new Barrier(8);
        await StartAsync(
            options => options.Add("plan", _ =>
            {
                Interlocked.Increment(ref reads);
                return "gold";
            }),
            TestApp.OnWhere("by-plan", "plan", "gold"),
            app => app.MapGet("/parallel", (IFeatureClient features) =>
            {
                var answers = new bool[all.ParticipantCount];
                var threads = Enumerable.Range(0, answers.Length).Select(i => new Thread(() =>
                {
                    all.SignalAndWait(Wait.Patience);
                    answers[i] = features.IsEnabled("by-plan");
                })).ToList();
                threads.ForEach(static thread => thread.Start());
                threads.ForEach(static thread => thread.Join());
                return answers.Count(static answer => answer).ToString(CultureInfo.InvariantCulture);
            }));

        (await _app!.GetAsync("/parallel")).Should().Be("8");
        reads.Should().Be(1);
        await _app.GetAsync("/parallel");
        reads.Should().Be(2, "another request is another context");
    }

    [Fact]
    public async Task DelegateThatThrowsIsMissingWithOneWarning()
    {
        await StartAsync(static options => options
            .Add("plan", static _ => throw new InvalidOperationException("Out of order."))
            .AddKind("organization", static _ => throw new InvalidOperationException("Out of order.")));

        for (var i = 0; i < 3; i++)
            (await _app!.GetAsync("/?ask=plan,organization/")).Should().Be("plan= organization/= key=");

        _app!.Logs.GetSnapshot().Where(static line => line.Id.Id == 2000).Select(static line => line.Message).Should().SatisfyRespectively(
            first => first.Should().Contain("attribute 'plan'"), second => second.Should().Contain("kind 'organization'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    public async Task HeaderBombIsMissingWithOneWarning(int values)
    {
        await StartAsync(static options => options.FromHeader("plan", "X-Plan").FromQuery("ref", "r"));
        var text = new string('x', values == 1 ? 5000 : 1);
        var bomb = Enumerable.Repeat(("X-Plan", text), values).ToArray();

        for (var i = 0; i < 3; i++)
            (await _app!.GetAsync($"/?ask=plan,ref&r={new string('y', 1025)}", bomb)).Should().Be("plan= ref= key=");

        _app!.Logs.GetSnapshot().Where(static line => line.Id.Id == 2001).Should().HaveCount(2).And.OnlyContain(line => !line.Message.Contains("xx") && !line.Message.Contains("yy"));
        (await _app.GetAsync("/?ask=plan", ("X-Plan", "a"), ("X-Plan", "b"))).Should().Be("plan=[a, b] key=");
    }

    [Fact]
    public async Task HugeClaimsAreMissing()
    {
        await StartAsync(static options => (options.MaxValueLength, options.MaxValues) = (16, 2));

        (await _app!.GetAsync("/?ask=plan,team,short", "sub=ada;plan=seventeen-letters;team=a;team=b;team=c;short=sixteen-letters-")).Should().Be("plan= team= short=sixteen-letters- key=ada");
        (await _app.GetAsync("/?ask=", "sub=seventeen-letters")).Should().EndWith("key=", "a key that is cut off would be another one's");
    }

    [Fact]
    public async Task DeclaredValueWithoutEndIsMissing()
    {
        var (shared, deep) = ((AttributeValue)"gold", (AttributeValue)"gold");
        for (var i = 0; i < 40; i++)
            shared = AttributeValue.List(shared, shared);
        for (var i = 0; i < 200_000; i++)
            deep = AttributeValue.Object([new("k", deep)]);
        await StartAsync(options => options.Add("shared", _ => shared).Add("deep", _ => deep).Add("list", _ => AttributeValue.List("a", "b")));

        (await _app!.GetAsync("/?ask=shared,deep,list")).Should().Be("shared= deep= list=[a, b] key=");
    }

    [Fact]
    public async Task KindsComeFromDelegatesWithinBounds()
    {
        await StartAsync(static options => options
            .AddKind("organization", static http => new EvaluationContext(http.Request.Headers["X-Org"].ToString()) { ["tier"] = "big" }));

        (await _app!.GetAsync("/?ask=organization/", ("X-Org", "acme"))).Should().Be("organization/=acme key=");
        (await _app.GetAsync("/?ask=organization/", ("X-Org", new string('x', 2000)))).Should().Be("organization/= key=");
    }

    [Fact]
    public async Task UserOfTheBeginIsForgottenAfterASignIn()
    {
        await StartAsync(options: null, pipeline: app => app.MapGet("/switch", (HttpContext http, IFeatureClient features, FeatureScopeBinding binding) =>
        {
            var before = features.IsEnabled("by-plan");
            http.User = TestApp.Principal("sub=eve;plan=free");
            return $"{before} {features.IsEnabled("by-plan")} {binding.Reader!.TargetingKey}";
        }), flags: TestApp.OnWhere("by-plan", "plan", "gold"));

        (await _app!.GetAsync("/switch", "sub=ada;plan=gold")).Should().Be("True False eve");
        (await _app.GetAsync("/switch")).Should().Be("False False eve");
    }

    [Fact]
    public async Task FlagAskedBeforeAuthenticationDoesNotDecideAfterIt()
    {
        await StartAsync(flags: TestApp.OnWhere("by-plan", "plan", "gold"), first: static app => app.Use(static (http, next) =>
        {
            http.Response.Headers["X-Before"] = ((FeatureScopeBinding)http.RequestServices.GetService(typeof(FeatureScopeBinding))!).Client.IsEnabled("by-plan").ToString();
            return next(http);
        }));

        using var response = await _app!.SendAsync("/flag/by-plan", "sub=ada;plan=gold");

        response.Headers.GetValues("X-Before").Should().Equal("False");
        (await response.Content.ReadAsStringAsync()).Should().Be("True");
    }

    [Theory]
    [InlineData(true, "203.0.113.9")]
    [InlineData(false, "198.51.100.7")]
    public async Task ForwardedAddressCountsOnlyFromATrustedProxy(bool isTrusted, string expected)
    {
        await StartAsync(static options => options.ClientAddress = true, first: app =>
        {
            app.Use(static (http, next) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:198.51.100.7");
                return next(http);
            });
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            if (isTrusted)
                forwarded.KnownProxies.Add(IPAddress.Parse("198.51.100.7"));
            app.UseForwardedHeaders(forwarded);
        });

        (await _app!.GetAsync("/?ask=clientAddress", ("X-Forwarded-For", "203.0.113.9"))).Should().Be($"clientAddress={expected} key=");
    }

    [Fact]
    public async Task ForwardedAddressCountsForNothingWithoutTheMiddleware()
    {
        await StartAsync(static options => options.ClientAddress = true);

        (await _app!.GetAsync("/?ask=clientAddress", ("X-Forwarded-For", "203.0.113.9"))).Should().Be("clientAddress= key=");
    }

    [Fact]
    public async Task ClientAddressIsPrivate()
    {
        await StartAsync(
            static options => options.ClientAddress = true,
            TestApp.OnWhere("by-address", "clientAddress", "198.51.100.7"),
            static app => app.MapGet("/explain", static (IFeatureClient features) => features.Explain("by-address").ToString()),
            static app => app.Use(static (http, next) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("198.51.100.7");
                return next(http);
            }));

        (await _app!.GetAsync("/flag/by-address")).Should().Be("True");
        _app.Source.Set(TestApp.Document(2, TestApp.OnWhere("by-address", "clientAddress", "192.0.2.1")));
        await Wait.UntilAsync(() => _app.Features.Status.SnapshotVersion == 2);
        (await _app.GetAsync("/explain")).Should().Contain("clientAddress").And.NotContain("198.51.100.7");
    }

    [Fact]
    public async Task ParallelUsersSeeNothingOfEachOther()
    {
        const int Users = 64;
        var variants = string.Join(", ", Enumerable.Range(0, Users).Select(static i => $"\"{i}\": \"user {i}\""));
        var rules = string.Join(", ", Enumerable.Range(0, Users).Select(static i => $$"""{"when": {"attribute": "name", "equals": "u{{i}}"}, "serve": "{{i}}"}"""));
        await StartAsync(
            static options => options.FromHeader("plan", "X-Plan"),
            $$"""
            "greeting": {"type": "string", "variants": { {{variants}} }, "rules": [ {{rules}} ]}
            """,
            static app => app.MapGet("/greet", static async (IFeatureClient features, FeatureScopeBinding binding) =>
            {
                var first = features.GetString("greeting", "");
                await Task.Yield();
                return $"{first}|{features.GetString("greeting", "")}|{binding.Reader!.TargetingKey}|{binding.Reader.GetAttribute("plan").AsString()}";
            }));

        var answers = await Task.WhenAll(Enumerable.Range(0, Users * 8).Select(async i =>
            (User: i % Users, Text: await _app!.GetAsync("/greet", $"sub=key{i % Users};name=u{i % Users}", ("X-Plan", $"p{i % Users}")))));

        answers.Should().OnlyContain(answer => answer.Text == $"user {answer.User}|user {answer.User}|key{answer.User}|p{answer.User}");
    }

    [Fact]
    public async Task PathPrefixChangesNothing()
    {
        await StartAsync(static options => options.FromRoute("shop", "shop"), first: static app =>
        {
            app.UsePathBase("/prefix");
            app.UseRouting();
        });

        (await _app!.GetAsync("/prefix/in/delft?ask=shop")).Should().Be("shop=delft key=");
    }

    // An attribute by its name, and the key of a kind by "kind/".
    private static string Describe(FeatureScopeBinding binding, string asked)
    {
        var reader = binding.Reader!;
        var attributes = asked.Split(',').Select(name => name.EndsWith('/') ? $"{name}={reader.ToContext().GetKind(name[..^1])?.TargetingKey}" : $"{name}={Text(reader.GetAttribute(name))}");
        return $"{string.Join(' ', attributes)} key={reader.TargetingKey}";
    }

    private static string Text(AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
            return value.AsString() ?? "";
        var items = new List<string>();
        foreach (var item in value.Items)
            items.Add(item.AsString()!);
        return $"[{string.Join(", ", items)}]";
    }

    private async Task StartAsync(Action<RequestOptions>? options = null, string flags = "", Action<WebApplication>? pipeline = null, Action<WebApplication>? first = null) =>
        _app = await TestApp.StartAsync(flags.Length == 0 ? TestApp.Always("on", "on") : flags, options, app =>
        {
            first?.Invoke(app);
            app.UseRequestLocalization(static localization => localization.AddSupportedCultures("en-US", "nl-NL"));
            TestApp.SignIn(app);
            app.MapGet("/", static (FeatureScopeBinding binding, string ask) => Describe(binding, ask));
            app.MapGet("/in/{shop}", static (FeatureScopeBinding binding, string ask, string shop) => Describe(binding, ask));
            app.MapGet("/flag/{key}", static (IFeatureClient features, string key) => features.IsEnabled(key).ToString());
            pipeline?.Invoke(app);
        });
}
