using System.Text;
using ProgressiveDelivery.Sdk.Conformance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Backends.Tests;

/// <summary>Documents read and compiled as a client does, to be asked at once.</summary>
internal static class Asked
{
    public static FeatureSnapshot Of(ISnapshotFormat format, string document, DateTimeOffset? now = null, IAssignmentMemory? assignments = null)
    {
        var (definition, diagnostics) = Read(format, document);
        return CaseSnapshot.Of(definition ?? throw new InvalidOperationException(string.Join("; ", diagnostics)), now, assignments);
    }

    public static SnapshotReadResult Read(ISnapshotFormat format, string document) => format.Read(Encoding.UTF8.GetBytes(document));
}
