using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>Keeps one generation after the other in each of some folders, as fast as it can, until it is killed.</summary>
internal static class KeepCommand
{
    public static async Task RunAsync(string firstVersion, string[] folders)
    {
        foreach (var folder in folders) _ = StartAsync(folder, long.Parse(firstVersion, CultureInfo.InvariantCulture));
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task StartAsync(string folder, long firstVersion)
    {
        await using var provider = new ServiceCollection()
            .AddProgressiveDelivery(flags => flags.From(_ => new Torrent(folder, firstVersion)).KeepLastKnownGoodIn(folder))
            .BuildServiceProvider();
        await provider.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
        await Task.Delay(Timeout.Infinite);
    }
}
