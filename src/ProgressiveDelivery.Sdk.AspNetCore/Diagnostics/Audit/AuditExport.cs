using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Audit;

/// <summary>Answers with the audit trail as JSON lines, newest first, in the choice of the query.</summary>
internal static class AuditExport
{
    public static async Task AnswerAsync(HttpContext http, ScreenContext page)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var record in AuditFilter.Of(page).Choose(page.Control.AuditTrail))
        {
            Write(buffer, record);
            buffer.Write("\n"u8);
        }

        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        http.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(IBufferWriter<byte> output, ControlRecord record)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("at", record.At.UtcDateTime);
        json.WriteString("by", record.By);
        json.WriteString("act", record.Kind.ToString());
        WriteText(json, "flag", record.Flag);
        WriteText(json, "guard", record.Guard);
        json.WriteNumber("fromVersion", record.FromVersion);
        json.WriteNumber("toVersion", record.ToVersion);
        if (record.HeldVersion is { } held)
            json.WriteNumber("heldVersion", held);
        WriteText(json, "fromVariant", record.FromVariant);
        WriteText(json, "toVariant", record.ToVariant);
        if (record.ExpiresAt is { } end)
            json.WriteString("expiresAt", end.UtcDateTime);
        json.WriteBoolean("survivesRestart", record.SurvivesRestart);
        json.WriteString("reason", record.Reason);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
