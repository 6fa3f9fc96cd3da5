using System.Text.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>Writes answers as the protocol has them. An answer without a value has the caller's own default hold.</summary>
internal static class OfrepAnswers
{
    /// <summary>Writes an answer, or the fault that it ended with.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="answer">The answer.</param>
    public static void WriteOne(Utf8JsonWriter writer, FlagInfo flag, in Evaluation<JsonElement> answer)
    {
        Begin(writer, flag);
        if (answer.Variant is not null && answer.Value.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("value"u8);
            answer.Value.WriteTo(writer);
        }

        End(writer, flag, answer.Variant, answer.Reason, answer.SnapshotVersion);
    }

    /// <summary>Writes the answers of all flags.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="scope">The rules.</param>
    /// <param name="context">The context.</param>
    public static void WriteAll(Utf8JsonWriter writer, IFeatureScope scope, EvaluationContext context)
    {
        writer.WriteStartArray("flags"u8);
        // A listing: nothing is counted. Flags that serve no variant are not in it, and an explanation has their reason.
        var served = scope.GetFrontEndFlags(context).GetEnumerator();
        var isServing = served.MoveNext();
        foreach (var flag in VisibleFlags.Of(scope).InOrder)
        {
            if (isServing && served.Current.Key == flag.Key)
            {
                WriteServed(writer, flag, served.Current);
                isServing = served.MoveNext();
                continue;
            }

            var reason = scope.Explain(flag.Key, context).Reason;
            if (OfrepFault.Of(reason) is { } fault)
            {
                WriteFault(writer, flag.Key, fault);
                continue;
            }

            Begin(writer, flag);
            End(writer, flag, variant: null, reason);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a question that has no answer.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="key">The flag's key; null for a question about all flags.</param>
    /// <param name="fault">The fault.</param>
    public static void WriteFault(Utf8JsonWriter writer, string? key, OfrepFault fault)
    {
        writer.WriteStartObject();
        if (key is not null)
            writer.WriteString("key"u8, key);
        // With a code, the provider for browsers takes a failure of the server for one of the request, and does not use the answers that it stored.
        if (key is not null || fault.Status < 500)
            writer.WriteString("errorCode"u8, fault.Code);
        writer.WriteString("errorDetails"u8, fault.Details);
        writer.WriteEndObject();
    }

    // Of a variant that only turns its flag on or off, the value is that state.
    private static void WriteServed(Utf8JsonWriter writer, FlagInfo flag, in FrontEndFlag served)
    {
        Begin(writer, flag);
        writer.WritePropertyName("value"u8);
        if (VariantOf(flag, served.Variant) is { Value.ValueKind: JsonValueKind.Undefined, IsEnabled: { } isEnabled })
            writer.WriteBooleanValue(isEnabled);
        else
            served.WriteValueTo(writer);
        End(writer, flag, served.Variant, served.Reason);
    }

    private static void Begin(Utf8JsonWriter writer, FlagInfo flag)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, flag.Key);
    }

    // The version is not in a listing: it would make equal answers differ.
    private static void End(Utf8JsonWriter writer, FlagInfo flag, string? variant, EvaluationReason reason, long? version = null)
    {
        writer.WriteString("reason"u8, OfrepReason.Of(reason, flag, variant));
        if (variant is not null)
            writer.WriteString("variant"u8, variant);
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("evaluationReason"u8, OfrepReason.NameOf(reason));
        if (VariantOf(flag, variant)?.IsEnabled is { } isEnabled)
            writer.WriteBoolean("enabled"u8, isEnabled);
        if (version is { } number)
            writer.WriteNumber("snapshotVersion"u8, number);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static VariantInfo? VariantOf(FlagInfo flag, string? variant) => variant is null ? null : flag.Variants.FirstOrDefault(one => one.Name == variant);
}
