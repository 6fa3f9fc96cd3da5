using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles tests whose operands are hashes.</summary>
internal static class HashedTestCompiler
{
    private const int Whole = -1;

    /// <summary>Compiles a test; null if it is malformed, which is then reported.</summary>
    public static Condition? Compile(CompilationScope scope, AttributeCondition definition, AttributeReference attribute, string name, OperandHashing hashing)
    {
        var operand = definition.Operand;
        TextPlace? place = definition.Operator switch
        {
            AttributeOperator.Equals or AttributeOperator.In => TextPlace.Whole,
            AttributeOperator.StartsWith => TextPlace.Start,
            AttributeOperator.EndsWith => TextPlace.End,
            AttributeOperator.HasAny => TextPlace.Item,
            _ => null,
        };
        var texts = operand.AsString() is { } text ? [text] : AttributeTestCompiler.Texts(operand);
        if (place is not { } found || texts is null)
            return AttributeTestCompiler.Invalid(scope, name, "a list of hashes", operand);
        return new HashedTextTest(attribute, name, operand, definition.Dialect?.Texts ?? TextReading.Texts, found, hashing.Algorithm, hashing.Salt, Digests(texts, found, hashing.Algorithm));
    }

    // A text that is not a hash matches nothing.
    private static List<(int, Digest)> Digests(string[] texts, TextPlace place, OperandHash algorithm)
    {
        var digests = new List<(int, Digest)>(texts.Length);
        foreach (var text in texts)
        {
            var (length, at) = (Whole, 0);
            if (place is TextPlace.Start or TextPlace.End)
            {
                at = text.IndexOf('_', StringComparison.Ordinal) + 1;
                if (at == 0 || !int.TryParse(text.AsSpan(0, at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out length))
                    continue;
            }

            if (Digest.TryParse(text.AsSpan(at), algorithm, out var digest))
                digests.Add((length, digest));
        }

        return digests;
    }
}
