using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

/// <summary>A request that passes a gate costs no allocation.</summary>
public sealed class GateAllocationTests : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly IServiceScope _scope;
    private readonly DefaultHttpContext _http;

    public GateAllocationTests()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        GateApp.AddFlags(services);
        _services = services.BuildServiceProvider();
        _scope = _services.CreateScope();
        _http = new() { RequestServices = _scope.ServiceProvider };
        _scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>().Begin(new Anna());
    }

    [Theory]
    [InlineData(GateFlags.Open, null)]
    [InlineData(GateFlags.Open, "on")]
    [InlineData(GateFlags.Banner, "blue")]
    [InlineData(GateFlags.ForAnna, null)]
    public void PassingAGateAllocatesNothing(string flag, string? variant)
    {
        var gate = FeatureGate.Of(flag, variant);
        var passed = 0;
        var gated = new GatedDelegate(_ => CountAsync(), [gate, gate], [gate]);

        var bytes = Allocated.By(() => gated.InvokeAsync(_http));

        bytes.Should().Be(0);
        passed.Should().BePositive();

        Task CountAsync()
        {
            passed++;
            return Task.CompletedTask;
        }
    }

    public void Dispose()
    {
        _scope.Dispose();
        _services.Dispose();
    }

    private sealed class Anna : ContextReader
    {
        protected override string ReadKey() => "anna";

        protected override AttributeValue ReadAttribute(string name) => default;
    }
}
