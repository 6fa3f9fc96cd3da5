using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The signed document and the signed patches that led to what is in force: nobody here could sign what they come to. When the
/// patches outgrow the document, no more are kept until a whole one comes: what is on disk is then older, but signed.
/// </summary>
internal sealed class SignedTexts(ILogger logger, string client)
{
    private const int MostPatches = 1_000;
    private const int RoomAnyway = 1024 * 1024;

    private readonly List<SignedText> _texts = [];
    private long _room;
    private bool _isOutgrown;

    /// <summary>A whole document came.</summary>
    public void Begin(SignedText document)
    {
        _texts.Clear();
        _texts.Add(document);
        _room = Math.Max(document.Bytes.Length, RoomAnyway);
        _isOutgrown = false;
    }

    /// <summary>Adds patches; false where they would be too many, or follow nothing that is known.</summary>
    public bool TryAdd(IReadOnlyList<SignedText> patches)
    {
        if (_texts.Count == 0 || _isOutgrown)
            return false;
        _room -= patches.Sum(patch => (long)patch.Bytes.Length);
        _isOutgrown = _room < 0 || _texts.Count + patches.Count > MostPatches + 1;
        if (_isOutgrown)
            logger.SignedPatchesOutgrown(client, MostPatches);
        else
            _texts.AddRange(patches);
        return !_isOutgrown;
    }

    public IReadOnlyList<SignedText> ToList() => [.. _texts];
}
