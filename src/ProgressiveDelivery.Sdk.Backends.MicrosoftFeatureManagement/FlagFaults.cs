using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Collects the faults of parts of one flag that not every evaluation reaches.</summary>
internal sealed class FlagFaults(string key, List<SnapshotDiagnostic> diagnostics)
{
    /// <summary>The flag's key, as Microsoft hashes and reports it.</summary>
    public string Key => key;

    /// <summary>Reports a part that cannot be evaluated.</summary>
    /// <returns>A condition that ends the flag in an error, with the text of Microsoft's exception.</returns>
    public AbortCondition Report(Section part, string message)
    {
        diagnostics.Add(BackendDocument.FaultOfPart(part.JsonPath, key, message));
        return new(message);
    }
}
