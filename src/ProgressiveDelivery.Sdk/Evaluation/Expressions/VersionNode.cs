using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// Compares a semantic version to another; null if either is not a version. A leading v is ignored, and a missing minor or patch number is 0.
/// </summary>
internal sealed class VersionNode(Expression version, Expression relation, Expression target) : Expression
{
    // No real version is longer, and there is still room for the zeros.
    private const int MaxLength = 200;

    [SkipLocalsInit]
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var first = version.Evaluate(in input, ref run);
        var asked = relation.Evaluate(in input, ref run);
        var second = target.Evaluate(in input, ref run);
        Unsafe.SkipInit(out TextRoom room);
        Unsafe.SkipInit(out TextRoom otherRoom);
        if (!TryRead(in first, room, out var one) || !TryRead(in second, otherRoom, out var other))
            return default;
        return Judge(one, asked.AsString(), other);
    }

    private static AttributeValue Judge(SemVer one, string? relation, SemVer other) => relation switch
    {
        "=" => one.CompareTo(other) == 0,
        "!=" => one.CompareTo(other) != 0,
        "<" => one.CompareTo(other) < 0,
        "<=" => one.CompareTo(other) <= 0,
        ">" => one.CompareTo(other) > 0,
        ">=" => one.CompareTo(other) >= 0,
        "^" => one.HasMajorOf(other),
        "~" => one.HasMajorOf(other) && one.HasMinorOf(other),
        _ => default(AttributeValue),
    };

    private static bool TryRead(scoped in AttributeValue value, Span<char> room, out SemVer version)
    {
        version = default;
        if (value.Kind is not (AttributeKind.String or AttributeKind.Integer or AttributeKind.Number) || value.AsString() is { Length: > MaxLength })
            return false;
        var buffer = new TextBuffer(room);
        buffer.Append(in value);
        if (IsPartial(buffer.Text, out var parts))
            buffer.Append(parts == 1 ? ".0.0" : ".0");
        var text = buffer.Text;
        return SemVer.TryParse(text.Length > 0 && text[0] is 'v' or 'V' ? text[1..] : text, out version);
    }

    private static bool IsPartial(ReadOnlySpan<char> text, out int parts)
    {
        parts = 1;
        foreach (var character in text)
        {
            if (character is '-' or '+')
                return false;
            parts += character == '.' ? 1 : 0;
        }

        return parts < 3;
    }
}
