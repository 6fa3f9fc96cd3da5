using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>The JSON object that a request sent, read member by member. The first wrong member is kept in <see cref="Fault"/>. Not thread safe.</summary>
internal sealed class ApiBody
{
    /// <summary>The size above which a body is rejected, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxDepth = 300;

    private readonly Dictionary<string, JsonElement> _members;

    private ApiBody(Dictionary<string, JsonElement> members) => _members = members;

    /// <summary>The fault of a member; null if there is none so far.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the body of a request, or says why it cannot be read.</summary>
    /// <param name="http">The request.</param>
    /// <param name="known">The members that the object may have.</param>
    public static async Task<(ApiBody? Body, ApiProblem? Problem)> ReadAsync(HttpContext http, string[] known)
    {
        if (!IsJson(http.Request))
            return (null, ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupportedMediaType", $"The content type is '{SafeText.Cut(http.Request.ContentType ?? "")}'. Send 'Content-Type: application/json', in UTF-8."));
        if (await ReadBytesAsync(http).ConfigureAwait(false) is not { } bytes)
            return (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", "The body is longer than 64 kB. Send less."));
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = MaxDepth });
            return Read(document.RootElement, known, out var body) is { } wrong ? (null, ApiProblem.BadRequest(wrong)) : (body, null);
        }
        catch (JsonException fault)
        {
            return (null, ApiProblem.BadRequest(string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: see line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}. Send one object in UTF-8, nested in at most {MaxDepth} levels.")));
        }
        catch (InvalidOperationException)       // A name with half a surrogate pair, or bytes that are not UTF-8.
        {
            return (null, ApiProblem.BadRequest("The body has a member whose name is no text in UTF-8. Correct it."));
        }
    }

    /// <summary>Reads a text; null if it is missing or null.</summary>
    public string? Text(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Wrong<string>(name, "is not a text");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)       // As above.
        {
            return Wrong<string>(name, "is no text in UTF-8");
        }
    }

    /// <summary>Reads a whole number of 64 bits; null if it is missing or null.</summary>
    public long? Whole(string name) =>
        !TryGet(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : Wrong<long?>(name, "is not a whole number");

    /// <summary>Reads a number; null if it is missing or null.</summary>
    public double? Number(string name) =>
        !TryGet(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : Wrong<double?>(name, "is not a number");

    /// <summary>Reads a boolean; null if it is missing or null.</summary>
    public bool? Boolean(string name) =>
        !TryGet(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : Wrong<bool?>(name, "is neither true nor false");

    /// <summary>Reads an object; null if it is missing or null.</summary>
    public JsonElement? Object(string name) =>
        !TryGet(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Object ? value
        : Wrong<JsonElement?>(name, "is not an object");

    private static string? Read(JsonElement root, string[] known, out ApiBody? body)
    {
        body = null;
        if (root.ValueKind != JsonValueKind.Object)
            return "The body is not a JSON object. Send one.";
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
                return $"The body has a member '{SafeText.Cut(member.Name)}', which is not known here. Known are: {string.Join(", ", known)}.";
            if (!members.TryAdd(member.Name, member.Value.Clone()))
                return $"The body has the member '{member.Name}' twice. Send it once.";
        }

        body = new(members);
        return null;
    }

    private static bool IsJson(HttpRequest request)
    {
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    // Null if it is too long.
    private static async Task<ReadOnlyMemory<byte>?> ReadBytesAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxLength)
            return null;
        var bytes = new byte[MaxLength + 1];
        try
        {
            var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, http.RequestAborted).ConfigureAwait(false);
            if (length <= MaxLength)
                return bytes.AsMemory(0, length);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
        }

        return null;
    }

    private bool TryGet(string name, [NotNullWhen(true)] out JsonElement value) => _members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Wrong<T>(string name, string wrong)
    {
        Fault ??= $"'{name}' {wrong}. See openapi.json.";
        return default;
    }
}
