namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>The description of the API, as it stands beside the code. Immutable.</summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<byte[]> Bytes = new(Read);

    /// <summary>The document in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Text => Bytes.Value;

    private static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("Diagnostics.openapi.json")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
