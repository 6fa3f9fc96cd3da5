using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Polling;

/// <summary>A backend's file is found where every other file is.</summary>
public sealed class FilePathTests
{
    private static readonly Dictionary<string, Action<ProgressiveDeliveryBuilder>> Verbs = new()
    {
        ["flagd"] = client => client.FromFlagdFile("flags.json"),
        ["Eppo"] = client => client.FromEppoFile("flags.json"),
        ["Microsoft"] = client => client.FromFeatureManagementFile("flags.json"),
    };

    public static TheoryData<string> Backends => [.. Verbs.Keys];

    [Theory]
    [MemberData(nameof(Backends))]
    public void RelativePathStartsAtTheContentRoot(string backend)
    {
        var root = Path.GetFullPath("/srv/shop");
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Environment.ContentRootPath = root;
        builder.Services.AddProgressiveDelivery(Verbs[backend]);
        using var host = builder.Build();

        host.Services.GetRequiredService<IFeatureClient>().Status.Source.Should().Be(Path.Combine(root, "flags.json"));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void RelativePathStartsAtTheApplicationsFolderWithoutAHost(string backend)
    {
        using var services = new ServiceCollection().AddProgressiveDelivery(Verbs[backend]).BuildServiceProvider();

        services.GetRequiredService<IFeatureClient>().Status.Source.Should().Be(Path.Combine(AppContext.BaseDirectory, "flags.json"));
    }
}
