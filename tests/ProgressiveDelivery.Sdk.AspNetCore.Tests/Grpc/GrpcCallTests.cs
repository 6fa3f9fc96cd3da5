using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Grpc;

/// <summary>A call of gRPC is a request: it has its context and its rules without more.</summary>
public sealed class GrpcCallTests
{
    private static readonly FlagDefinition Checkout = SomeFlags.Text("checkout").For("new", "ada");

    [Fact]
    public async Task CallHasTheContextOfItsRequestAndOneRuleset()
    {
        await using var web = await StartAsync(service: static _ => { });
        using var channel = Channel(web);
        var gate = web.App.Services.GetRequiredService<Gate>();

        using var call = Ask(channel, "ada");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await web.ReleaseAsync(SomeFlags.Text("checkout").For("odd", "eve"));
        gate.Open.SetResult();
        using var later = Ask(channel, "eve");

        (await call.ResponseAsync).Should().Be("new new");
        (await later.ResponseAsync).Should().Be("odd odd");
    }

    [Fact]
    public async Task ServiceOfAnotherVariantIsUnimplemented()
    {
        await using var web = await StartAsync(service => service.WithFeatureVariant("checkout", "new"));
        using var channel = Channel(web);
        web.App.Services.GetRequiredService<Gate>().Open.SetResult();

        using var ada = Ask(channel, "ada");
        using var eve = Ask(channel, "eve");

        (await ada.ResponseAsync).Should().Be("new new");
        (await eve.Invoking(call => call.ResponseAsync).Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task NotFoundIsUnimplementedForTheCaller()
    {
        await using var web = await WebUnderTest.StartAsync([Checkout], app => app.MapGet("/", () => ""));
        using var channel = Channel(web);

        using var call = Ask(channel, "ada");

        (await call.Invoking(asked => asked.ResponseAsync).Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    private static AsyncUnaryCall<string> Ask(GrpcChannel channel, string user) =>
        channel.CreateCallInvoker().AsyncUnaryCall(ShopBase.Method, null, new(new Metadata { { WebUnderTest.UserHeader, user } }), "checkout");

    private static GrpcChannel Channel(WebUnderTest web) => GrpcChannel.ForAddress("http://localhost", new() { HttpHandler = web.App.GetTestServer().CreateHandler() });

    private static Task<WebUnderTest> StartAsync(Action<GrpcServiceEndpointConventionBuilder> service) => WebUnderTest.StartAsync([Checkout], app => service(app.MapGrpcService<ShopService>()), builder =>
    {
        HeaderAuthentication.AddTo(builder);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<Gate>();
    });

    internal sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A service without a contract in a file: its one method takes and returns text.</summary>
    [BindServiceMethod(typeof(ShopBase), nameof(Bind))]
    internal abstract class ShopBase
    {
        public static readonly Method<string, string> Method = new(MethodType.Unary, "shop.Shop", nameof(Ask), Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        public static void Bind(ServiceBinderBase binder, ShopBase? service) =>
            binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<string, string>(service.Ask));

        public abstract Task<string> Ask(string flag, ServerCallContext context);
    }

    internal sealed class ShopService(IFeatureClient features, Gate gate) : ShopBase
    {
        public override async Task<string> Ask(string flag, ServerCallContext context)
        {
            var before = features.GetString(flag, "?");
            gate.Entered.TrySetResult();
            await gate.Open.Task.WaitAsync(context.CancellationToken);
            return $"{before} {features.GetString(flag, "?")}";
        }
    }
}
