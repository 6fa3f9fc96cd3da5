using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk;

/// <summary>A client-visible flag as one context sees it.</summary>
public readonly struct ClientFlag
{
    private const string MarkupCharacters = "<>&'\u2028\u2029";

    private static readonly SearchValues<char> Markup = SearchValues.Create(MarkupCharacters);

    private readonly CompiledFlag _flag;
    private readonly Decision _decision;

    internal ClientFlag(CompiledFlag flag, Decision decision)
    {
        _flag = flag;
        _decision = decision;
    }

    /// <summary>The flag's key.</summary>
    public string Key => _flag.Key;

    /// <summary>The flag's type.</summary>
    public FlagType Type => _flag.Type;

    /// <summary>The variant served.</summary>
    public string Variant => Served.Label;

    /// <summary>Why.</summary>
    public EvaluationReason Reason => _decision.Reason;

    private CompiledVariant Served => _flag.Variants[_decision.Variant];

    /// <summary>Writes the value, as JSON of the flag's type; null for a variant that only says whether the flag is on.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteValueTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!Served.HasValue)
        {
            writer.WriteNullValue();
            return;
        }

        switch (Type)
        {
            case FlagType.Boolean:
                writer.WriteBooleanValue(Served.Boolean);
                break;
            case FlagType.Integer:
                writer.WriteNumberValue(Served.Integer);
                break;
            case FlagType.Number:
                writer.WriteNumberValue(Served.Number);
                break;
            case FlagType.String:
                writer.WriteStringValue(Served.Text);
                break;
            default:
                writer.WriteRawValue(WithoutMarkup(Served.Text), skipInputValidation: true);
                break;
        }
    }

    // In JSON these stand inside strings alone, where an escape means the same; as they are, they could end a script element.
    private static string WithoutMarkup(string json)
    {
        if (!json.AsSpan().ContainsAny(Markup))
            return json;
        var text = new StringBuilder(json);
        foreach (var character in MarkupCharacters)
            text.Replace(character.ToString(), string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        return text.ToString();
    }
}
