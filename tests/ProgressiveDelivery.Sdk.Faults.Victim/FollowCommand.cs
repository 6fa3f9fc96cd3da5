using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>A host as applications have it: follows a stream, tells each version that is in force, and ends when it is told to.</summary>
internal static class FollowCommand
{
    public static async Task RunAsync(string address, string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddProgressiveDelivery(flags => flags.FromEventStream(address).KeepLastKnownGoodIn(folder));
        using (var host = builder.Build())
        {
            host.Services.GetRequiredService<IFeatureClient>().OnChange(change => Console.WriteLine(change.Current.Version));
            await host.RunAsync();
        }

        Console.WriteLine("stopped");
    }
}
