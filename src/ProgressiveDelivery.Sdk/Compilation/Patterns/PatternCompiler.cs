using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>Compiles an expression to the cheapest test with the same result as .NET's engine: a test on texts, an automaton, or that engine.</summary>
internal static class PatternCompiler
{
    private const string NeedsBacktracking = "it has a part that no automaton can match, such as a back reference, look-around or an atomic group";

    public static PatternResult Compile(string expression, PatternSyntax syntax, bool ignoreCase)
    {
        try
        {
            var translated = PatternTranslation.Translate(expression, syntax);
            return PatternParser.Parse(translated, ignoreCase, admitsLookAround: syntax == PatternSyntax.EcmaScript) is { } tree
                ? new(TextForms.Of(tree) ?? (Pattern?)AutomatonCompiler.Compile(tree), null)
                : CompileUnknown(translated, syntax, ignoreCase);
        }
        catch (ArgumentException exception)
        {
            return new(null, exception.Message);
        }
    }

    // The engine reports the fault of an expression, and only the engine supports back-references.
    private static PatternResult CompileUnknown(string translated, PatternSyntax syntax, bool ignoreCase)
    {
        var pattern = new BacktrackingPattern(translated, RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
        return syntax == PatternSyntax.EcmaScript ? new(pattern, null) : new(null, NeedsBacktracking);
    }
}
