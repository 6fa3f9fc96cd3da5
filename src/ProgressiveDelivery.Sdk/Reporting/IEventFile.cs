namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>A file that lines are appended to. Every member may throw what a disk throws.</summary>
internal interface IEventFile : IDisposable
{
    /// <summary>The number of bytes in it.</summary>
    long Length { get; }

    /// <summary>Appends bytes; they are on the device when it returns.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file to a length.</summary>
    void Truncate(long length);
}
