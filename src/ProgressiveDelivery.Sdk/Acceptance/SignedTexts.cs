using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>
/// The signed document and the signed patches that led to the rules in force: the client cannot sign their result. When the
/// patches outgrow the document, no more are kept until a whole one comes: the file on disk is then older, but signed.
/// </summary>
internal sealed class SignedTexts(ILogger logger, string client)
{
    private const int MaxPatches = 1_000;
    private const int RoomAnyway = 1024 * 1024;

    private readonly List<SignedText> _texts = [];
    private long _room;
    private bool _isOutgrown;

    /// <summary>Starts again from a whole document.</summary>
    public void Begin(SignedText document)
    {
        _texts.Clear();
        _texts.Add(document);
        _room = Math.Max(document.Bytes.Length, RoomAnyway);
        _isOutgrown = false;
    }

    /// <summary>Adds patches; returns false if they would be too many, or follow no known document.</summary>
    public bool TryAdd(IReadOnlyList<SignedText> patches)
    {
        if (_texts.Count == 0 || _isOutgrown)
            return false;
        _room -= patches.Sum(patch => (long)patch.Bytes.Length);
        _isOutgrown = _room < 0 || _texts.Count + patches.Count > MaxPatches + 1;
        if (_isOutgrown)
            logger.SignedPatchesOutgrown(client, MaxPatches);
        else
            _texts.AddRange(patches);
        return !_isOutgrown;
    }

    public IReadOnlyList<SignedText> ToList() => [.. _texts];
}
