namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>
/// Cuts a stream at <c>\n</c>. Memory is bounded by the longest line that it hands out; of a longer one only the beginning is kept. Not safe for concurrent use.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLength)
{
    private const int FirstBuffer = 1 << 18;

    // One byte more than the longest line, for its end.
    private readonly int _maxBuffer = maxLength + 1;
    private byte[] _buffer = new byte[Math.Min(FirstBuffer, maxLength + 1)];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _gaveLast;

    /// <summary>The number of the current line; the first one is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Indicates whether the current line ends with <c>\n</c>. Only the last one may not.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Indicates whether the current line is longer than lines may be, so that its rest was passed by.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The fault of the stream that ended it early; null if it was read to its end.</summary>
    public InvalidDataException? Fault { get; private set; }

    /// <summary>Gives the next line, without its end; false after the last one. The line is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var length = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return Give(searched + length, skip: 1, out line);
            if (_atEnd)
                return GiveLast(out line);
            if (_end - _start == _maxBuffer)
                return GiveBeginning(out line);
            searched = Fill();
        }
    }

    private bool Give(int end, int skip, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, end - _start);
        _start = end + skip;
        Number++;
        IsEnded = skip > 0;
        IsTooLong = false;
        return true;
    }

    // A stream that is damaged ends with one unfinished line, be it empty.
    private bool GiveLast(out ReadOnlySpan<byte> line)
    {
        var isLast = _end > _start || (Fault is not null && !_gaveLast);
        _gaveLast = true;
        Give(_end, skip: 0, out line);
        return isLast;
    }

    private bool GiveBeginning(out ReadOnlySpan<byte> line)
    {
        const int Kept = 1024;
        var beginning = _buffer.AsSpan(_start, Math.Min(Kept, _maxBuffer - 1)).ToArray();
        int length;
        do
        {
            _start = _end;
            Fill();
            length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        }
        while (length < 0 && !_atEnd);

        Give(length < 0 ? _end : _start + length, skip: length < 0 ? 0 : 1, out _);
        IsTooLong = true;
        line = beginning;
        return true;
    }

    // Returns the place from which new bytes are to be searched.
    private int Fill()
    {
        var kept = _end - _start;
        if (_start > 0)
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        (_start, _end) = (0, kept);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, _maxBuffer));
        try
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _atEnd = read == 0;
            _end += read;
        }
        catch (InvalidDataException e)
        {
            (_atEnd, Fault) = (true, e);
        }
        return kept;
    }
}
