using System.Diagnostics;
using ProgressiveDelivery.Sdk.Fuzz.Targets;

namespace ProgressiveDelivery.Sdk.Fuzz;

/// <summary>Runs inputs that are files.</summary>
internal static class Replay
{
    /// <summary>Runs every file named, and every file in every folder named; 1 when one of them breaks a promise.</summary>
    public static int Run(IFuzzTarget target, IEnumerable<string> paths)
    {
        var (runs, broken) = (0, 0);
        foreach (var file in paths.SelectMany(FilesOf).Order(StringComparer.Ordinal))
        {
            runs++;
            broken += Holds(target, file) ? 0 : 1;
        }

        Console.WriteLine($"{target.Name}: {runs} inputs, {broken} broken.");
        return broken == 0 ? 0 : 1;
    }

    public static byte[] ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string[] FilesOf(string path) => Directory.Exists(path) ? Directory.GetFiles(path) : [path];

    private static bool Holds(IFuzzTarget target, string file)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(File.ReadAllBytes(file));
            if (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed > TimeSpan.FromSeconds(1))
                Console.WriteLine($"{file}: took {elapsed.TotalSeconds:F1} s");
            return true;
        }
        catch (Exception e)
        {
            Console.WriteLine($"{file}: {e}");
            return false;
        }
    }
}
