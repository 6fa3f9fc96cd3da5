using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>A document: read, also as a file and as its author would, compiled, asked, written, read again. It is refused with a reason or answers whoever asks, and so does its copy.</summary>
internal sealed class SnapshotTarget : IFuzzTarget
{
    public string Name => "snapshot";

    public void Run(byte[] input)
    {
        Texts.ReadOtherwise(input, FuzzLimits.Snapshot);
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (Texts.Read(input, FuzzLimits.Snapshot) is { } definition)
            Exercise(definition);
        Promise.WithinBudget(input, before);
    }

    private static void Exercise(SnapshotDefinition definition)
    {
        var callers = Callers.Of(definition);
        var compiled = SnapshotCompiler.Compile(definition, FuzzLimits.Snapshot);
        Promise.Tells(compiled.Diagnostics);
        Promise.Holds(compiled.Rules.Flags.Length == definition.Flags.Count);

        new Questions().Agree(compiled.Rules, callers);
        var copy = SnapshotCompiler.Compile(Texts.ThereAndBack(definition), FuzzLimits.Snapshot);
        if (Texts.IsWhole(definition))
            Promise.Same(Questions.AskAnew(copy.Rules, callers), Questions.AskAnew(compiled.Rules, callers), "answers of the copy");
    }
}
