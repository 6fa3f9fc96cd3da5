namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The modes of reading a document in our own format. They can be combined.</summary>
[Flags]
public enum SnapshotReadModes
{
    /// <summary>The reading of network documents by a client: strict JSON, with a version; an unknown member is a warning.</summary>
    None = 0,

    /// <summary>
    /// The reading of files by a client: comments and trailing commas are accepted. <c>version</c> may be absent; it is then 0, and the version in
    /// force comes from the time of reading.
    /// </summary>
    File = 1,

    /// <summary>
    /// The reading for authors: every unknown member is an error, which quarantines its flag or rejects the document. Names that begin with <c>x-</c>
    /// stay free.
    /// </summary>
    Strict = 2,
}
