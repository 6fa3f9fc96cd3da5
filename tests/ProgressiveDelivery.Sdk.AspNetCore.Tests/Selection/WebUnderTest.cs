using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;

/// <summary>An application on a server in memory, whose requests name their user in a header.</summary>
internal sealed class WebUnderTest : IAsyncDisposable
{
    public const string UserHeader = "X-User";

    private readonly InMemorySnapshotSource _source;
    private long _version = 1;

    private WebUnderTest(WebApplication app, InMemorySnapshotSource source)
    {
        (App, _source) = (app, source);
        Client = app.GetTestClient();
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public IFeatureClient Features => App.Services.GetRequiredService<IFeatureClient>();

    public static async Task<WebUnderTest> StartAsync(
        FlagDefinition[] flags, Action<WebApplication> use, Action<WebApplicationBuilder>? add = null, Action<ProgressiveDeliveryBuilder>? configure = null)
    {
        var source = new InMemorySnapshotSource(new SnapshotDefinition { Version = 1, Flags = flags });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddProgressiveDelivery(features =>
        {
            features.From(_ => source).AddAspNetCore();
            configure?.Invoke(features);
        });
        add?.Invoke(builder);
        var app = builder.Build();
        use(app);
        await app.StartAsync();
        await app.Services.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        return new(app, source);
    }

    /// <summary>Releases rules, and waits until they are in force.</summary>
    public async Task ReleaseAsync(params FlagDefinition[] flags)
    {
        var version = ++_version;
        var inForce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Features.OnChange(change =>
        {
            if (change.CurrentVersion == version)
                inForce.TrySetResult();
        });
        _source.Set(new SnapshotDefinition { Version = version, Flags = flags });
        await inForce.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public Task<HttpResponseMessage> SendAsync(string path, string? user = null, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (user is not null)
            request.Headers.Add(UserHeader, user);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return Client.SendAsync(request);
    }

    public async Task<string> GetAsync(string path, string? user = null)
    {
        using var response = await SendAsync(path, user);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
