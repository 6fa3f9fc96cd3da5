using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>A relative path means one folder, whatever the method, and never the current one.</summary>
public sealed class BaseFolderTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly ScriptedSource _source = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task FileSourceStartsAtTheContentRoot()
    {
        await File.WriteAllTextAsync(_root.File("flags.json"), ClientUnderTest.Document(3));
        using var host = Host(client => client.FromFile("flags.json"));

        var status = await ClientOf(host).WaitUntilReadyAsync();

        (status.SnapshotVersion, status.Source).Should().Be((3, _root.File("flags.json")));
    }

    [Fact]
    public async Task SignatureIsBesideTheFileAtTheContentRoot()
    {
        using var signer = new Signer("k");
        var document = ClientUnderTest.Document(3);
        await File.WriteAllTextAsync(_root.File("flags.json"), document);
        await File.WriteAllTextAsync(_root.File("flags.json.sig"), signer.Sign(document).ToString());
        using var host = Host(client => client.FromFile("flags.json").TrustKeys(keys => keys.Add("k", signer.PublicPem)));

        (await ClientOf(host).WaitUntilReadyAsync()).SnapshotVersion.Should().Be(3);
    }

    [Fact]
    public async Task BundledFileStartsAtTheContentRoot()
    {
        await File.WriteAllTextAsync(_root.File("flags.json"), ClientUnderTest.Document(3));
        _source.Then(ScriptedSource.Throw(new SnapshotSourceException("Down.")));
        using var host = Host(client => client.From(_ => _source).FallBackToFile("flags.json"));

        (await ClientOf(host).WaitUntilReadyAsync()).Origin.Should().Be(SnapshotOrigin.Bundled);
    }

    [Fact]
    public async Task LastKnownGoodFolderStartsAtTheContentRoot()
    {
        _source.Then(ScriptedSource.Document(ClientUnderTest.Document(3)));
        using var host = Host(client => client.From(_ => _source).KeepLastKnownGoodIn("kept/here"));
        await ClientOf(host).WaitUntilReadyAsync();

        await ((IAsyncDisposable)ClientOf(host)).DisposeAsync();

        Directory.EnumerateFiles(_root.File("kept/here")).Should().ContainSingle();
    }

    [Fact]
    public async Task WithoutAHostFilesStartAtTheApplicationsFolderAndMessagesShowThemInFull()
    {
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging())
            .AddProgressiveDelivery(client => client.FromFile("no-such/flags.json").FallBackToFile("no-such/bundled.json").KeepLastKnownGoodIn("no-such"))
            .BuildServiceProvider();

        var status = await services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();

        var root = AppContext.BaseDirectory;
        status.Cause!.Message.Should().Contain($"'{Path.Combine(root, "no-such", "flags.json")}'");
        var log = string.Join('\n', services.GetFakeLogCollector().GetSnapshot().Select(record => record.Message));
        log.Should().Contain(Path.Combine(root, "no-such", "bundled.json")).And.Contain(Path.Combine(root, "no-such", "default-"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task HostWithoutAContentRootIsNone(string? root)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IHostEnvironment>(new Rootless { ContentRootPath = root! })
            .AddProgressiveDelivery(client => client.FromFile("no-such.json"))
            .BuildServiceProvider();

        services.GetRequiredService<IFeatureClient>().Status.Source.Should().Be(Path.Combine(AppContext.BaseDirectory, "no-such.json"));
    }

    [Fact]
    public void FullPathStaysAsItIs()
    {
        using var host = Host(client => client.FromFile("/etc/shop/../flags.json"));

        ClientOf(host).Status.Source.Should().Be(Path.GetFullPath("/etc/flags.json"));
    }

    private static IFeatureClient ClientOf(IHost host) => host.Services.GetRequiredService<IFeatureClient>();

    private IHost Host(Action<ProgressiveDeliveryBuilder> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _root.Path });
        builder.Services.AddProgressiveDelivery(configure);
        return builder.Build();
    }

    private sealed class Rootless : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public required string ContentRootPath { get; set; }

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
