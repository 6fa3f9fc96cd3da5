using ProgressiveDelivery.Sdk.Fuzz.Targets;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>A document of another backend: refused with a reason, or compiled, asked and explained; and the same each time.</summary>
internal sealed class BackendTarget(BackendFormat format) : IFuzzTarget
{
    public static IReadOnlyList<IFuzzTarget> All { get; } = [.. BackendFormat.All.Select(format => new BackendTarget(format))];

    public string Name => format.Name;

    public void Run(byte[] input)
    {
        var reading = Reading.Of(format.Format, input);
        Promise.Holds(reading.Snapshot is null == Reading.Of(format.Format, input).Snapshot is null);
        if (reading.Snapshot is not { } snapshot)
            return;
        var answers = reading.Answers();
        Promise.Holds(answers.Count <= snapshot.Rules.Flags.Length);
        foreach (var caller in SomeCallers.All)
        {
            _ = snapshot.GetFrontEndFlags(caller).ToJson();
            foreach (var flag in snapshot.Rules.Flags)
            {
                _ = snapshot.Explain(flag.Key, caller).ToString();
                _ = snapshot.EvaluateBoolean(flag.Key, caller).Value;
                _ = snapshot.EvaluateString(flag.Key, caller, null).Value;
                _ = snapshot.EvaluateNumber(flag.Key, caller, 0).Value;
                _ = snapshot.EvaluateJson(flag.Key, caller, default, FuzzJson.Default.JsonElement).Value;
            }
        }
    }
}
