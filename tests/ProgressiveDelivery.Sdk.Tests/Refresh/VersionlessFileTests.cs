using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>Files as people write them: edited without a version, with comments.</summary>
public sealed class VersionlessFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Monday);

    private string Watched => _folder.File("flags.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EditActsThoughThereIsNoVersionToRaise()
    {
        await WriteAsync(isOn: true);
        await using var services = Services(client => client.FromFile(Watched));
        var client = await ReadyAsync(services);
        var (first, wasOn) = (client.Status.SnapshotVersion, IsOn(client));

        await WriteAsync(isOn: false);
        await UntilAsync(() => !IsOn(client));

        wasOn.Should().BeTrue();
        first.Should().BeGreaterThanOrEqualTo(Some.Monday.ToUnixTimeMilliseconds());
        client.Status.SnapshotVersion.Should().BeGreaterThan(first);
    }

    [Fact]
    public async Task EditThatKeepsItsVersionIsRefusedWithTheWayOut()
    {
        await WriteAsync(isOn: true, "\"version\": 5,");
        await using var services = Services(client => client.FromFile(Watched));
        var client = await ReadyAsync(services);

        await WriteAsync(isOn: false, "\"version\": 5,");
        await UntilAsync(() => client.Status.Cause is not null);
        var refusal = client.Status.Cause!.Message;
        await WriteAsync(isOn: false);
        await UntilAsync(() => !IsOn(client));

        refusal.Should().Contain("PD1005").And.Contain("The file's version is 5, and other rules of the same version are in force. Raise 'version', or remove it: a file without one is numbered by the time it is read.");
        client.Status.Cause.Should().BeNull();
    }

    [Fact]
    public async Task KeptFileIsReadBackAsAFileAndKeepsItsNumber()
    {
        await WriteAsync(isOn: true);
        long version;
        await using (var services = Services(client => client.FromFile(Watched).KeepLastKnownGoodIn(_folder.File("kept"))))
            version = (await ReadyAsync(services)).Status.SnapshotVersion;
        File.Delete(Watched);
        _time.Advance(TimeSpan.FromDays(1));

        await using var restarted = Services(client => client.FromFile(Watched).KeepLastKnownGoodIn(_folder.File("kept")));
        var client = await ReadyAsync(restarted);

        IsOn(client).Should().BeTrue();
        client.Status.Should().BeEquivalentTo(new { SnapshotVersion = version, Origin = SnapshotOrigin.LastKnownGood });
    }

    [Fact]
    public async Task BundledFileIsReadAsAFileWhateverTheSourceIs()
    {
        await WriteAsync(isOn: true);
        await using var services = Services(client => client.From(_ => new ScriptedSource().Then(ScriptedSource.Throw(new SnapshotSourceException("Down.")))).FallBackToFile(Watched));
        var client = await ReadyAsync(services);

        IsOn(client).Should().BeTrue();
        client.Status.Should().BeEquivalentTo(new { SnapshotVersion = 1L, Origin = SnapshotOrigin.Bundled });
    }

    [Fact]
    public async Task SameTextFromTheNetworkIsRefused()
    {
        await WriteAsync(isOn: true);
        await using var test = new ClientUnderTest();

        await test.PlayAsync(ScriptedSource.Document(await File.ReadAllTextAsync(Watched)));

        test.Status.Cause!.Message.Should().Contain("PD1001");
        test.Status.HasRules.Should().BeFalse();
    }

    private ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddProgressiveDelivery(configure);
        return services.BuildServiceProvider();
    }

    private async Task<IFeatureClient> ReadyAsync(ServiceProvider services)
    {
        var client = services.GetRequiredService<IFeatureClient>();
        await _time.AdvanceUntilDoneAsync(client.WaitUntilReadyAsync(), TimeSpan.FromMilliseconds(100));
        return client;
    }

    private Task UntilAsync(Func<bool> condition) => _time.AdvanceUntilDoneAsync(Until.HoldsAsync(condition), TimeSpan.FromSeconds(1));

    // Under the same length and time of writing each time, as a tool that sets the time has it.
    private async Task WriteAsync(bool isOn, string version = "")
    {
        await File.WriteAllTextAsync(Watched, $$"""
            { // rules of the shop
              "schema": "progressive-delivery/1", {{version}}
              "flags": { "f": {{(isOn ? "true " : "false")}}, },
            }
            """);
        File.SetLastWriteTimeUtc(Watched, Some.Monday.UtcDateTime);
    }

    private static bool IsOn(IFeatureClient client) => client.IsEnabled("f", EvaluationContext.Empty);
}
