using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>An answer, written to the response as it is made: lists are not kept in memory as text.</summary>
/// <param name="status">The status.</param>
/// <param name="contentType">The content type.</param>
/// <param name="write">Writes the content.</param>
internal sealed class ApiAnswer(int status, string contentType, Func<Stream, CancellationToken, Task> write)
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    public static ApiAnswer Of<T>(T content, JsonTypeInfo<T> type)
        where T : ApiContent => new(StatusCodes.Status200OK, "application/json; charset=utf-8", (output, stop) => JsonSerializer.SerializeAsync(output, content, type, stop));

    public static ApiAnswer Of(ApiProblem problem) => new(problem.Status, "application/problem+json; charset=utf-8", (output, stop) => JsonSerializer.SerializeAsync(output, problem, ApiJson.Default.ApiProblem, stop));

    public static ApiAnswer Text(string contentType, ReadOnlyMemory<byte> text) => new(StatusCodes.Status200OK, contentType, (output, stop) => output.WriteAsync(text, stop).AsTask());

    /// <summary>Answers with JSON lines.</summary>
    public static ApiAnswer Lines<T>(IEnumerable<T> items, JsonTypeInfo<T> type) => new(StatusCodes.Status200OK, "application/x-ndjson; charset=utf-8", async (output, stop) =>
    {
        foreach (var item in items)
        {
            await JsonSerializer.SerializeAsync(output, item, type, stop).ConfigureAwait(false);
            await output.WriteAsync(LineFeed, stop).ConfigureAwait(false);
        }
    });

    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        if (!HttpMethods.IsHead(http.Request.Method))
            await write(http.Response.Body, http.RequestAborted).ConfigureAwait(false);
    }
}
