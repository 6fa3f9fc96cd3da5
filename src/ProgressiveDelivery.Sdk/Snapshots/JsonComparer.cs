using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Compares values read from JSON by their JSON text, for types without an equality of their own.</summary>
internal sealed class JsonComparer<T>(JsonTypeInfo<T> type) : IEqualityComparer<T>
{
    public bool Equals(T? x, T? y) => EqualityComparer<T>.Default.Equals(x, y) || (x is not null && y is not null && AreWrittenAlike(x, y));

    public int GetHashCode(T obj) => 0;

    private bool AreWrittenAlike(T x, T y)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(x, type).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(y, type));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)    // A type of the user's may be one that can only be read.
        {
            return false;
        }
    }
}
