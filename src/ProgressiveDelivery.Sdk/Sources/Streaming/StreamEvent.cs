namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>One event of a stream.</summary>
/// <param name="Type">What it is: <c>snapshot</c>, <c>patch</c>, <c>kill</c>, <c>heartbeat</c>, or something that others understand.</param>
/// <param name="Data">Its data, lines joined; empty where nobody here reads it.</param>
/// <param name="Id">Where in the stream it is; null where the backend does not say.</param>
internal readonly record struct StreamEvent(string Type, byte[] Data, string? Id)
{
    public const string Snapshot = "snapshot";
    public const string Patch = "patch";
    public const string Kill = "kill";
    public const string Heartbeat = "heartbeat";

    /// <summary>A comment, which has no type: somebody is there.</summary>
    public static StreamEvent Comment { get; } = new("", [], null);

    public bool IsComment => Type.Length == 0;

    public static bool HasData(string type) => type is Snapshot or Patch or Kill;
}
