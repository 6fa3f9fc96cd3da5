using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Explains a context that was typed. It reads only, so it needs no token.</summary>
internal static class ExplainEndpoint
{
    private const long MaxBodyLength = 512 * 1024;

    private static readonly ExplainScreen Screen = new();
    private static readonly FormOptions Form = new() { ValueCountLimit = 2_000, KeyLengthLimit = 100, ValueLengthLimit = (int)MaxBodyLength, BufferBodyLengthLimit = MaxBodyLength };

    public static async Task AnswerAsync(HttpContext http, DiagnosticsPage page)
    {
        http.Features.Set(await ReadAsync(http).ConfigureAwait(false));
        await page.AnswerAsync(http, Screen).ConfigureAwait(false);
    }

    private static async Task<ExplainQuestion> ReadAsync(HttpContext http)
    {
        var length = http.Request.ContentLength;
        if (!http.Request.HasFormContentType)
            return new() { Key = "" };
        if (length > MaxBodyLength)
            return new() { BodyTooLong = length };
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
                body.MaxRequestBodySize = MaxBodyLength;
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, Form));
            return ExplainQuestion.FromForm(await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false));
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return new() { BodyTooLong = length ?? MaxBodyLength + 1 };
        }
    }
}
