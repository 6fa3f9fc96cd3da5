using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

/// <summary>The outcomes of two variants in the order of arrival, sorted into blocks, by one thread at a time.</summary>
/// <param name="process">The evidence.</param>
/// <param name="sizes">The sizes of the blocks.</param>
internal sealed class BlockSequence(BlockProcess process, BlockSizes sizes)
{
    private OpenBlock _open;
    private long _control;
    private long _controlBad;
    private long _controlBefore;
    private long _controlBadBefore;

    /// <summary>The number of blocks that are full.</summary>
    public long Blocks { get; private set; }

    /// <summary>The number of outcomes that are part of no block.</summary>
    public long Surplus { get; private set; }

    /// <summary>Adds an outcome.</summary>
    /// <returns>True if it filled its block, and so changed the evidence.</returns>
    public bool Add(bool isTreatment, bool isBad)
    {
        var joins = _open.HasRoom(sizes, isTreatment);
        if (joins)
            _open = _open.With(isTreatment, isBad);
        else
            Surplus++;
        _control += isTreatment ? 0 : 1;
        _controlBad += isBad && !isTreatment ? 1 : 0;
        if (!joins || !_open.IsFull(sizes))
            return false;
        Close();
        return true;
    }

    // The next block opens at once, with what is known of the control by now.
    private void Close()
    {
        process.Close(new(sizes, _open.ControlBad, _open.TreatmentBad, _controlBefore, _controlBadBefore));
        (_open, _controlBefore, _controlBadBefore) = (default, _control, _controlBad);
        Blocks++;
    }
}
