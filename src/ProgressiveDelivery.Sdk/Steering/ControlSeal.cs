using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The proof that this application wrote the file of operators' acts: a seal if the client trusts keys, otherwise none.</summary>
/// <param name="seal">The seal; null if there is no key for it.</param>
/// <param name="isAskedFor">True if a seal is required.</param>
internal sealed class ControlSeal(LocalSeal? seal, bool isAskedFor)
{
    /// <summary>Indicates whether a file written now can be trusted at the next start.</summary>
    public bool CanBeBelieved => seal is not null || !isAskedFor;

    /// <summary>Returns a text as it is written.</summary>
    public SignedText Put(ReadOnlyMemory<byte> text) => seal?.Seal(text) ?? new(text);

    /// <summary>Returns the fault of a text; null if there is none.</summary>
    public string? FaultOf(SignedText text)
    {
        if (!isAskedFor)
            return null;
        if (seal is null)
            return $"The client trusts keys, and has no {nameof(SignatureOptions.LocalKey)} to recognize its own files. Give {nameof(SignatureOptions)}.{nameof(SignatureOptions.LocalKey)}, or delete the file.";
        return seal.Fits(text)
            ? null
            : $"It lacks the seal of this client, its source and its {nameof(SignatureOptions.LocalKey)}: it was copied or changed, or the key has changed. Check write access to it, and act again; or delete the file.";
    }
}
