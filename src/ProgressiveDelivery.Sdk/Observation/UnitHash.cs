using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The hash that stands for a unit in a watch: XxHash3, 64 bits, of the text in memory. It is for one process, and 0 without a unit.</summary>
internal static class UnitHash
{
    public static ulong Of(ReadOnlySpan<char> unit) => unit.IsEmpty ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(unit));

    /// <summary>Returns the hash of the unit that a decision was made for: the experiment's, or the targeting key.</summary>
    [SkipLocalsInit]
    public static ulong Of(CompiledFlag flag, Decision decision, AnyContext context, EvaluationServices services)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var by = flag.ExperimentOf(decision)?.Unit ?? UnitReference.TargetingKey;
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, 0, ref budget);
        return Of(by.Read(in input, scratch));
    }
}
