// Reads the rules of any backend, and serves a fleet. Configure it by arguments, the environment or appsettings.json:
//   dotnet run --project samples/Relay -- --Relay:Backend stream --Relay:Address https://flags.example.com/stream --Relay:ReaderKey …
// A short tour with a backend and three readers of its own: dotnet run --project samples/Relay -- --tour
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk;
using ProgressiveDelivery.Sdk.DependencyInjection;
using Relay;

if (args.Contains("--tour"))
    return await Tour.RunAsync();
await RelayServer.Build(args).RunAsync();
return 0;

namespace Relay
{
    /// <summary>The relay: one client, one endpoint, two probes.</summary>
    internal static class RelayServer
    {
        public static WebApplication Build(string[] args)
        {
            var builder = WebApplication.CreateBuilder(args);
            var settings = builder.Configuration.GetSection("Relay");
            builder.Services.AddProgressiveDelivery(flags =>
            {
                FromBackend(flags, settings);
                flags.AddAspNetCore();
                if (settings["Folder"] is { } folder)
                    flags.KeepLastKnownGoodIn(folder);      // the fleet can start while the backend is away
            });
            builder.Services.AddAuthentication(ReaderKey.Name).AddScheme<AuthenticationSchemeOptions, ReaderKey>(ReaderKey.Name, null);
            builder.Services.AddAuthorization();

            var app = builder.Build();
            app.MapSnapshots(settings["Path"] ?? "/snapshot").RequireAuthorization();
            app.MapFeatureHealth("/health").AllowAnonymous();
            return app;
        }

        // Documents of other backends pass through as they are: readers use FromUnleash and so on, with this relay as the address.
        private static void FromBackend(ProgressiveDeliveryBuilder flags, IConfigurationSection settings)
        {
            var address = settings["Address"] ?? throw new InvalidOperationException("Relay:Address is missing. Give the address of the backend, or the path of a file.");
            _ = settings["Backend"] switch
            {
                "stream" => flags.FromEventStream(stream => (stream.Address, stream.Authorization) = (new(address), settings["Authorization"])),
                "http" or null => flags.FromHttp(http => (http.Address, http.Authorization) = (new(address), settings["Authorization"])),
                "file" => flags.FromFile(address),
                "unleash" => flags.FromUnleash(unleash => (unleash.Address, unleash.Token, unleash.ReportsUsage) = (new(address), settings["Token"], false)),
                "launchdarkly" => flags.FromLaunchDarkly(dark => (dark.Address, dark.SdkKey, dark.ReportsUsage) = (new(address), settings["Token"], false)),
                var other => throw new InvalidOperationException($"Relay:Backend is '{other}'. Give http, stream, file, unleash or launchdarkly, or add a line here."),
            };
        }
    }

    /// <summary>Admits readers that send the shared key: <c>Authorization: Bearer …</c>. Use the scheme of your platform instead, where there is one.</summary>
    internal sealed class ReaderKey(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IConfiguration configuration)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
    {
        public const string Name = "ReaderKey";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var isKnown = configuration["Relay:ReaderKey"] is { Length: > 0 } key
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {key}"));
            return Task.FromResult(isKnown
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "reader")], Name)), Name))
                : AuthenticateResult.NoResult());
        }
    }

    /// <summary>A backend, the relay and three readers on loopback addresses, and what arrives at each.</summary>
    internal static class Tour
    {
        private const string Key = "tour";
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        public static async Task<int> RunAsync()
        {
            var events = new ConcurrentQueue<string>();
            var sent = Channel.CreateUnbounded<string>();
            await using var backend = Backend(events, sent.Reader);
            Say("The backend publishes version 1: the new checkout is off.");
            Publish("snapshot", """{"schema": "progressive-delivery/1", "version": 1, "flags": {"new-checkout": {"type": "boolean", "default": "off"}}}""");
            await backend.StartAsync();

            await using var relay = RelayServer.Build(
            [
                "--urls", "http://127.0.0.1:0", "--Relay:Backend", "stream", "--Relay:Address", $"{backend.Urls.Single()}/stream", "--Relay:ReaderKey", Key, "--Logging:LogLevel:Default", "None",
            ]);
            await relay.StartAsync();
            var address = new Uri($"{relay.Urls.Single()}/snapshot");
            await using var readers = new Readers(address, 3);

            await ShowAsync("All three readers have it through the relay", readers, "off, version 1, Default");
            Publish("patch", """{"baseVersion": 1, "version": 2, "set": {"flags": {"new-checkout": {"type": "boolean", "default": "on"}}}}""");
            await ShowAsync("A patch switches it on", readers, "on, version 2, Default");
            Publish("kill", """{"version": 2, "flag": "new-checkout", "variant": "off"}""");
            await ShowAsync("A kill switches it off", readers, "off, version 2, Killed");

            using var http = new HttpClient();
            using var stranger = await http.GetAsync(address);
            Say($"A reader without the key gets {(int)stranger.StatusCode}.");
            http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
            using var document = await http.GetAsync(address);
            Say($"A reader that polls gets version 2 as one document, with the tag {document.Headers.ETag}.");
            return (int)stranger.StatusCode == 401 && document.IsSuccessStatusCode ? 0 : 1;

            void Publish(string type, string data)
            {
                events.Enqueue($"event: {type}\ndata: {data}\n\n");
                sent.Writer.TryWrite("");
            }
        }

        // Sends what was published, and then what is.
        private static WebApplication Backend(ConcurrentQueue<string> events, ChannelReader<string> more)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.MapGet("/stream", async http =>
            {
                http.Response.ContentType = "text/event-stream";
                do
                {
                    while (events.TryDequeue(out var next))
                        await http.Response.WriteAsync(next, http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                }
                while (await more.ReadAsync(http.RequestAborted) is not null);
            });
            return app;
        }

        private static async Task ShowAsync(string what, Readers readers, string expected)
        {
            var answers = await readers.UntilAsync(expected).WaitAsync(Patience);
            Say($"{what}: {string.Join(" | ", answers)}");
        }

        private static void Say(string text) => Console.WriteLine(text);
    }

    /// <summary>Clients as the processes of a fleet have them.</summary>
    internal sealed class Readers : IAsyncDisposable
    {
        private readonly ServiceProvider[] _processes;

        public Readers(Uri relay, int count) => _processes = [.. Enumerable.Range(0, count).Select(_ => new ServiceCollection().AddProgressiveDelivery(flags => flags.FromEventStream(stream =>
        {
            stream.Address = relay;
            stream.Authorization = new AuthenticationHeaderValue("Bearer", "tour").ToString();
        })).BuildServiceProvider())];

        public async Task<string[]> UntilAsync(string expected)
        {
            var clients = _processes.Select(process => process.GetRequiredService<IFeatureClient>()).ToArray();
            foreach (var client in clients)
                await client.WaitUntilReadyAsync();
            return await Task.WhenAll(clients.Select(client => UntilAsync(client, expected)));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in _processes)
                await process.DisposeAsync();
        }

        private static async Task<string> UntilAsync(IFeatureClient client, string expected)
        {
            var changed = new SemaphoreSlim(0);
            using var subscription = client.OnChange(_ => changed.Release());
            while (AnswerOf(client) != expected)
                await changed.WaitAsync();
            return expected;
        }

        private static string AnswerOf(IFeatureClient client)
        {
            var answer = client.EvaluateBoolean("new-checkout", EvaluationContext.Empty);
            return $"{(answer.Value ? "on" : "off")}, version {answer.SnapshotVersion}, {answer.Reason}";
        }
    }
}
