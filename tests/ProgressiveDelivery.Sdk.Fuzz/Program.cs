using ProgressiveDelivery.Sdk.Fuzz;
using ProgressiveDelivery.Sdk.Fuzz.Backends;
using ProgressiveDelivery.Sdk.Fuzz.Targets;
using SharpFuzz;

// <target>: fed by AFL++, see fuzz.sh. <target> <file or folder>…: runs what was found before, and tells what is wrong with it.
IFuzzTarget[] targets = [.. FuzzTargets.All, .. BackendTarget.All];
if (args is [var name, .. var paths] && Array.Find(targets, one => one.Name == name) is { } target)
{
    if (paths.Length > 0)
        return Replay.Run(target, paths);

    Fuzzer.OutOfProcess.Run(stream => target.Run(Replay.ReadAll(stream)));
    return 0;
}

await Console.Error.WriteLineAsync($"Name a target, and perhaps files to replay. There are: {string.Join(", ", targets.Select(one => one.Name))}.");
return 2;
