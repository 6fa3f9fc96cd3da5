using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Tests.Compilation.Patterns;

/// <summary>Expressions as compiled, and as .NET's own engine answers.</summary>
internal static class SomePatterns
{
    public static Pattern? Compile(string expression, bool ignoreCase = false, PatternSyntax syntax = PatternSyntax.DotNet) =>
        PatternCompiler.Compile(expression, syntax, ignoreCase).Pattern;

    public static bool Matches(this Pattern pattern, string text)
    {
        var budget = default(PatternBudget);
        var found = pattern.IsMatch(text, ref budget);
        budget.IsExhausted.Should().BeFalse();
        return found;
    }

    public static Regex Engine(string expression, bool ignoreCase = false) =>
        new(expression, RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
}
