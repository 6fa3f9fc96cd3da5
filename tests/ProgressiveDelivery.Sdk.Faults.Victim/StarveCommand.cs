using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>
/// Takes every thread of the pool away, has the source change, and asks on a thread of its own; then gives the threads back. Tells
/// the version meanwhile, how long the slowest percent of the calls took at least, in microseconds, and the version in the end.
/// </summary>
internal static class StarveCommand
{
    private const int Calls = 200_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        var source = new InMemorySnapshotSource(Text(1));
        await using var provider = new ServiceCollection().AddProgressiveDelivery(flags => flags.From(_ => source)).BuildServiceProvider();
        var features = provider.GetRequiredService<IFeatureClient>();
        await features.WaitUntilReadyAsync();

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Ask(features, source, asked)).Start();
        await asked.Task;
    }

    // Waiting for the thread would hold one of the pool's threads itself.
    private static void Ask(IFeatureClient features, InMemorySnapshotSource source, TaskCompletionSource asked)
    {
        try
        {
            Ask(features, source);
            asked.SetResult();
        }
        catch (Exception fault)
        {
            asked.SetException(fault);
        }
    }

    private static void Ask(IFeatureClient features, InMemorySnapshotSource source)
    {
        Measure(features);
        using var gate = new ManualResetEventSlim();
        Saturate(gate);
        source.Set(Text(2));
        Console.WriteLine(Measure(features).ToString("F1", CultureInfo.InvariantCulture));
        Console.WriteLine(features.GetSnapshot().Version);
        gate.Set();
        SpinWait.SpinUntil(() => features.GetSnapshot().Version == 2, Patience);
        Console.WriteLine(features.GetSnapshot().Version);
    }

    private static void Saturate(ManualResetEventSlim gate)
    {
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, 1);
        var taken = 0;
        for (var i = 0; i < 10 * Environment.ProcessorCount; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Interlocked.Increment(ref taken);
                gate.Wait();
            });
        }

        if (!SpinWait.SpinUntil(() => Volatile.Read(ref taken) >= Environment.ProcessorCount, Patience))
            throw new InvalidOperationException("The pool has threads left.");
    }

    private static double Measure(IFeatureClient features)
    {
        var context = new EvaluationContext("u-1");
        var times = new long[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            features.GetInteger(Generation.Flags[i % Generation.Flags.Count], context, 0);
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        return Stopwatch.GetElapsedTime(0, times[Calls * 99 / 100]).TotalMicroseconds;
    }

    private static string Text(long version) => System.Text.Encoding.UTF8.GetString(Generation.Document(version));
}
