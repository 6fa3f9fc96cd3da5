namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// Finds comments between the events of a stream, whatever pieces it comes in: lines that begin with a colon, outside of an event.
/// </summary>
/// <remarks>After "Server-sent events" of the HTML standard, section 9.2.6: lines end with LF, CR or both.</remarks>
internal sealed class CommentFinder
{
    private bool _isAtStart = true;
    private bool _isComment;
    private bool _isAfterCarriageReturn;

    /// <summary>Indicates whether no event is unfinished.</summary>
    public bool IsBetweenEvents { get; private set; } = true;

    /// <summary>Returns whether a comment between events ends in the next piece.</summary>
    public bool Find(ReadOnlySpan<byte> piece)
    {
        var found = false;
        foreach (var one in piece)
        {
            var isSameEnd = one == (byte)'\n' && _isAfterCarriageReturn;
            _isAfterCarriageReturn = one == (byte)'\r';
            if (isSameEnd)
                continue;
            if (one is (byte)'\n' or (byte)'\r')
            {
                found |= _isComment && IsBetweenEvents;
                // An empty line ends an event.
                if (_isAtStart) IsBetweenEvents = true;
                (_isAtStart, _isComment) = (true, false);
            }
            else if (_isAtStart)
            {
                (_isAtStart, _isComment) = (false, one == (byte)':');
                if (!_isComment) IsBetweenEvents = false;
            }
        }

        return found;
    }
}
