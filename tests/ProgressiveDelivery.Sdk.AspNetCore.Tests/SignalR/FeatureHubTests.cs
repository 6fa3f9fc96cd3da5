using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.SignalR;

/// <summary>An invocation of a hub's method has one ruleset, and the context of the connection's user.</summary>
public sealed class FeatureHubTests
{
    private static readonly FlagDefinition Checkout = SomeFlags.Text("checkout").For("new", "ada");

    [Theory]
    [InlineData(HttpTransportType.LongPolling)]
    [InlineData(HttpTransportType.WebSockets)]
    public async Task InvocationHasTheUserOfTheConnection(HttpTransportType transport)
    {
        await using var web = await StartAsync();
        await using var ada = await ConnectAsync(web, "ada", transport);
        await using var eve = await ConnectAsync(web, "eve", transport);

        (await ada.InvokeAsync<string>(nameof(ShopHub.Checkout))).Should().Be("new");
        (await eve.InvokeAsync<string>(nameof(ShopHub.Checkout))).Should().Be("old");
        web.App.Services.GetRequiredService<Gate>().Connected.Should().BeEquivalentTo("new", "old");
    }

    [Fact]
    public async Task RulesAreFrozenForOneInvocation()
    {
        await using var web = await StartAsync();
        await using var ada = await ConnectAsync(web, "ada");
        var gate = web.App.Services.GetRequiredService<Gate>();

        var answer = ada.InvokeAsync<string>(nameof(ShopHub.Twice));
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await web.ReleaseAsync(SomeFlags.Text("checkout"));
        gate.Open.SetResult();

        (await answer).Should().Be("new new");
        (await ada.InvokeAsync<string>(nameof(ShopHub.Checkout))).Should().Be("old");
    }

    [Theory]
    [InlineData(nameof(ShopHub.Stream))]
    [InlineData(nameof(ShopHub.Channel))]
    public async Task StreamFollowsTheRulesAndKeepsTheUser(string method)
    {
        await using var web = await StartAsync();
        await using var ada = await ConnectAsync(web, "ada");
        var gate = web.App.Services.GetRequiredService<Gate>();

        await using var items = ada.StreamAsync<string>(method).GetAsyncEnumerator();
        (await items.MoveNextAsync()).Should().BeTrue();
        items.Current.Should().Be("new");
        await web.ReleaseAsync(SomeFlags.Text("checkout").For("odd", "ada"));
        gate.Open.SetResult();

        (await items.MoveNextAsync()).Should().BeTrue();
        items.Current.Should().Be("odd");
    }

    [Fact]
    public async Task ApplicationMayReadTheContextItself()
    {
        await using var web = await StartAsync(options => options.ReadContext = static _ => new Everyone("ada"));
        await using var eve = await ConnectAsync(web, "eve");

        (await eve.InvokeAsync<string>(nameof(ShopHub.Checkout))).Should().Be("new");
    }

    [Fact]
    public async Task TwoRegistrationsAddOneFilter()
    {
        await using var web = await StartAsync();

        var filters = web.App.Services.GetServices<Microsoft.Extensions.Options.IConfigureOptions<HubOptions>>();

        filters.Count(options => options.GetType().GenericTypeArguments.Any(type => type.Name == "FeatureHubFilter")).Should().Be(1);
    }

    private static Task<WebUnderTest> StartAsync(Action<FeatureHubOptions>? configure = null) => WebUnderTest.StartAsync(
        [Checkout],
        app => app.MapHub<ShopHub>("/shop"),
        builder =>
        {
            HeaderAuthentication.AddTo(builder);
            builder.Services.AddSignalR();
            builder.Services.AddSingleton<Gate>();
        },
        features => features.AddSignalRHubs().AddSignalRHubs(configure ?? (static _ => { })));

    private static async Task<HubConnection> ConnectAsync(WebUnderTest web, string user, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var server = web.App.GetTestServer();
        var connection = new HubConnectionBuilder().WithUrl("http://localhost/shop", transport, options =>
        {
            options.HttpMessageHandlerFactory = _ => server.CreateHandler();
            options.Headers[WebUnderTest.UserHeader] = user;
            options.WebSocketFactory = async (context, cancellation) =>
            {
                var client = server.CreateWebSocketClient();
                client.ConfigureRequest = request => request.Headers[WebUnderTest.UserHeader] = user;
                return await client.ConnectAsync(context.Uri, cancellation);
            };
        }).Build();
        await connection.StartAsync();
        return connection;
    }

    private sealed class Everyone(string key) : ContextReader
    {
        protected override string? ReadKey() => key;

        protected override AttributeValue ReadAttribute(string name) => default;
    }

    private sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public System.Collections.Concurrent.ConcurrentQueue<string> Connected { get; } = [];
    }

    private sealed class ShopHub(IFeatureClient features, Gate gate) : Hub
    {
        public override Task OnConnectedAsync()
        {
            gate.Connected.Enqueue(Checkout());
            return Task.CompletedTask;
        }

        public string Checkout() => features.GetString("checkout", "?");

        public async Task<string> Twice()
        {
            var before = Checkout();
            gate.Entered.SetResult();
            await gate.Open.Task;
            return $"{before} {Checkout()}";
        }

        public async IAsyncEnumerable<string> Stream([EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return Checkout();
            await gate.Open.Task.WaitAsync(cancellation);
            yield return Checkout();
        }

        public ChannelReader<string> Channel()
        {
            var channel = System.Threading.Channels.Channel.CreateUnbounded<string>();
            _ = WriteAsync(channel.Writer);
            return channel.Reader;
        }

        private async Task WriteAsync(ChannelWriter<string> writer)
        {
            await writer.WriteAsync(Checkout());
            await gate.Open.Task;
            await writer.WriteAsync(Checkout());
            writer.Complete();
        }
    }
}
