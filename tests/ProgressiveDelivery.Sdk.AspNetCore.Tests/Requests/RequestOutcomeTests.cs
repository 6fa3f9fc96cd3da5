using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>The end of a request is the outcome of the variants given in it.</summary>
public sealed class RequestOutcomeTests : IAsyncDisposable
{
    private const string Guarded = """
        "checkout": {"type": "boolean", "default": "on", "guards": [
            {"id": "errors", "kind": "error", "variant": "on", "limit": 0.01, "then": "off"},
            {"id": "slow", "kind": "slower", "than": "400ms", "variant": "on", "limit": 0.05, "then": "off"}]}
        """;

    private TestApp? _app;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("/throw")]
    [InlineData("/500")]
    [InlineData("/503")]
    [InlineData("/late-throw")]
    public async Task FailuresTripTheGuard(string path)
    {
        await StartAsync();

        var sent = await SendUntilAsync(path, 200, () => Trip("errors"));

        sent.Should().BeInRange(1, 30, "the guard stopped it");
        (await _app!.GetAsync("/200")).Should().Be("False");
        _app.Features.Explain("checkout", EvaluationContext.Empty).ToString().Should().Contain("guard 'errors' tripped");
    }

    [Theory]
    [InlineData("/throw")]
    [InlineData("/handled-as-409")]
    public async Task FailureBehindAHandlerOfExceptionsIsJudgedByItsStatus(string path)
    {
        await StartAsync(static app => app.UseExceptionHandler(static handler => handler.Run(static http =>
        {
            if (http.Features.Get<IExceptionHandlerFeature>()!.Error is KeyNotFoundException)
                http.Response.StatusCode = StatusCodes.Status409Conflict;
            return Task.CompletedTask;
        })));

        await SendUntilAsync(path, 60, () => Trip("errors"));

        Trip("errors").Should().Be(path == "/throw");
        Outcomes("errors").Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task SlowRequestsTripTheGuard()
    {
        await StartAsync();

        var sent = await SendUntilAsync("/slow", 200, () => Trip("slow"));

        sent.Should().BeInRange(1, 60);
        Trip("errors").Should().BeFalse("they were served");
    }

    [Theory]
    [InlineData("/200")]
    [InlineData("/404")]
    [InlineData("/malformed")]
    public async Task ServedRequestsAndFaultsOfTheCallerAreGood(string path)
    {
        await StartAsync();

        for (var i = 0; i < 100; i++)
            await SendAsync(path);

        (Outcomes("errors"), Bad("errors")).Should().Be((100, 0));
        (Outcomes("slow"), Bad("slow")).Should().Be((100, 0));
    }

    [Theory]
    [InlineData("/left-out")]
    [InlineData("/left-out-attribute")]
    [InlineData("/left-out-by-code")]
    [InlineData("/left-out-throw")]
    [InlineData("/events")]
    [InlineData("/nothing-asked")]
    [InlineData("/refused")]
    public async Task RequestsThatSayNothingAboutTheirVariantsAreNotReported(string path)
    {
        await StartAsync(
            static app => app.UseExceptionHandler(static handler => handler.Run(static _ => Task.CompletedTask)),
            static app => app.MapGet("/refused", () => "in").RequireFeatureOff("checkout", GateResponse.Unavailable(TimeSpan.FromMinutes(1))));

        for (var i = 0; i < 50; i++)
            await SendAsync(path);

        Outcomes("errors").Should().Be(0);
        await SendAsync("/200");
        Outcomes("errors").Should().Be(1);
    }

    [Fact]
    public async Task RequestThatTheClientAbortedIsNeitherGoodNorBad()
    {
        var ended = new SemaphoreSlim(0);
        var reached = new SemaphoreSlim(0);
        await StartAsync(app => app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            finally
            {
                http.Response.OnCompleted(() => Task.CompletedTask);
                ended.Release();
            }
        }), app => app.MapGet("/hangs", async (HttpContext http, IFeatureClient features) =>
        {
            features.IsEnabled("checkout");
            reached.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        }));

        for (var i = 0; i < 20; i++)
        {
            using var canceled = new CancellationTokenSource();
            var request = _app!.Http.GetAsync(new Uri("/hangs", UriKind.Relative), canceled.Token);
            (await reached.WaitAsync(Wait.Patience)).Should().BeTrue();
            await canceled.CancelAsync();
            await request.Invoking(static one => one).Should().ThrowAsync<OperationCanceledException>();
            (await ended.WaitAsync(Wait.Patience)).Should().BeTrue();
        }

        // The middleware is around the one that counts ends: one more request goes through both after them.
        await SendAsync("/200");
        await Wait.UntilAsync(() => Outcomes("errors") > 0);
        (Outcomes("errors"), Bad("errors")).Should().Be((1, 0));
    }

    [Fact]
    public async Task OutcomesCanBeLeftToTheApplication()
    {
        await StartAsync(options: static options => options.ReportOutcomes = false);

        for (var i = 0; i < 50; i++)
            await SendAsync("/500");

        Outcomes("errors").Should().Be(0);
    }

    [Fact]
    public async Task RequestsThatFailAfterAnAdoptionSendTheInstanceBack()
    {
        const string Unguarded = """
            "checkout": {"type": "boolean", "default": "on"}
            """;
        _app = await TestApp.StartAsync(
            Unguarded,
            pipeline: static app => Map(app, "/500", static http => Status(http, 500)),
            client: static flags => flags.StageAdoption(static adoption => adoption.BakeTime = TimeSpan.FromMinutes(10)));
        _app.Source.Set(TestApp.Document(2, Unguarded));
        await Wait.UntilAsync(() => _app.Features.Status is { SnapshotVersion: 2 } or { Control.Hold: not null });
        if (_app.Features.Status.Control?.Hold?.ExpiresAt is { } adoption)
            _app.Clock.Advance(adoption - _app.Clock.GetUtcNow());
        await Wait.UntilAsync(() => _app.Features.Status.SnapshotVersion == 2);

        await SendUntilAsync("/500", 300, () => _app.Features.Status.SnapshotVersion == 1);

        _app.Features.Status.SnapshotVersion.Should().Be(1);
    }

    private bool Trip(string guard) => _app!.Features.Status.Guards.Single(one => one.Guard == guard).Trip is not null;

    private long Outcomes(string guard) => _app!.Features.Status.Guards.Single(one => one.Guard == guard).Outcomes;

    private long Bad(string guard) => _app!.Features.Status.Guards.Single(one => one.Guard == guard).Bad;

    private async Task<int> SendUntilAsync(string path, int max, Func<bool> isOver)
    {
        var sent = 0;
        while (sent < max && !isOver())
        {
            await SendAsync(path);
            sent++;
        }

        return sent;
    }

    private async Task SendAsync(string path)
    {
        try
        {
            using var response = await _app!.SendAsync(path, "sub=ada");
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or BadHttpRequestException or IOException)
        {
            // The server in memory gives the application's exception to its client.
        }
    }

    private async Task StartAsync(Action<WebApplication>? first = null, Action<WebApplication>? last = null, Action<RequestOptions>? options = null) => _app = await TestApp.StartAsync(Guarded, options, app =>
    {
        first?.Invoke(app);
        TestApp.SignIn(app);
        Map(app, "/200", static _ => Task.CompletedTask);
        foreach (var status in new[] { 404, 500, 503 })
            Map(app, $"/{status}", http =>
            {
                http.Response.StatusCode = status;
                return Task.CompletedTask;
            });
        Map(app, "/throw", static _ => throw new InvalidOperationException("Out of order."));
        Map(app, "/handled-as-409", static _ => throw new KeyNotFoundException());
        Map(app, "/malformed", static _ => throw new BadHttpRequestException("Too long.", StatusCodes.Status413PayloadTooLarge));
        Map(app, "/late-throw", static async http =>
        {
            await http.Response.StartAsync();
            throw new InvalidOperationException("Out of order.");
        });
        Map(app, "/slow", http =>
        {
            _app!.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return Task.CompletedTask;
        });
        Map(app, "/left-out", static http => Status(http, 500)).WithoutFeatureOutcome();
        Map(app, "/left-out-attribute", [WithoutFeatureOutcome] static (http) => Status(http, 500));
        Map(app, "/left-out-throw", static _ => throw new InvalidOperationException("Out of order.")).WithoutFeatureOutcome();
        Map(app, "/left-out-by-code", static http =>
        {
            http.LeaveOutFeatureOutcome();
            return Status(http, 503);
        });
        Map(app, "/events", static http =>
        {
            http.Response.ContentType = new MediaTypeHeaderValue("text/event-stream", "utf-8").ToString();
            return http.Response.WriteAsync("data: 1\n\n");
        });
        app.MapGet("/nothing-asked", static http => Status(http, 500));
        last?.Invoke(app);
    });

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static IEndpointConventionBuilder Map(WebApplication app, string path, RequestDelegate answer)
    {
        var mapped = app.MapGet(path, async (HttpContext http) =>
        {
            var isOn = http.RequestServices.GetRequiredService<IFeatureClient>().IsEnabled("checkout");
            await answer(http);
            if (path == "/200")
                await http.Response.WriteAsync(isOn.ToString());
        });
        foreach (var metadata in answer.Method.GetCustomAttributes(typeof(WithoutFeatureOutcomeAttribute), inherit: false))
            mapped.WithMetadata(metadata);
        return mapped;
    }
}
