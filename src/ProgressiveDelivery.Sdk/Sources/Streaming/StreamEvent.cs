namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>One event of a stream.</summary>
/// <param name="Type">The type: <c>snapshot</c>, <c>patch</c>, <c>kill</c>, <c>heartbeat</c>, or one for other readers.</param>
/// <param name="Data">Its data, lines joined; empty if they are not read.</param>
/// <param name="Id">Its place in the stream; null if the backend does not give one.</param>
internal readonly record struct StreamEvent(string Type, byte[] Data, string? Id)
{
    public const string Snapshot = "snapshot";
    public const string Patch = "patch";
    public const string Kill = "kill";
    public const string Heartbeat = "heartbeat";

    /// <summary>A comment, which has no type; it shows that the backend is alive.</summary>
    public static StreamEvent Comment { get; } = new("", [], null);

    public bool IsComment => Type.Length == 0;

    public static bool HasData(string type) => type is Snapshot or Patch or Kill;
}
