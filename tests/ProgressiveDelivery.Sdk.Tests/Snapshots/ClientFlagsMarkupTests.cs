using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Tests.Snapshots;

public sealed class ClientFlagsMarkupTests
{
    [Theory]
    [InlineData("string", "\"</script><script>alert(1)</script>\"")]
    [InlineData("json", "{\"html\": \"</script><!-- & more\"}")]
    public async Task ValueCannotEndTheScriptElementThatItIsWrittenInto(string type, string value)
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.FromSnapshotJson($$"""
                {"schema": "progressive-delivery/1", "version": 1,
                 "flags": {"banner": {"type": "{{type}}", "clientVisible": true, "variants": {"a": {{value}} }, "default": "a" } } }
                """))
            .BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync();

        var json = features.GetClientFlags(EvaluationContext.Empty).ToJson();

        json.Should().Contain("script", "the value is there").And.NotContainAny("<", ">", "&");
    }
}
