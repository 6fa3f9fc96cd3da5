namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>The options in force at a place of an expression.</summary>
internal readonly record struct PatternOptions(bool IgnoreCase, bool Multiline, bool Singleline, bool IgnoreSpace)
{
    /// <summary>Returns the options after a group such as <c>i-m</c>; null if one of its letters is unknown.</summary>
    public PatternOptions? With(string letters)
    {
        var (options, on) = (this, true);
        foreach (var letter in letters)
        {
            switch (letter)
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    options = options with { IgnoreCase = on };
                    break;
                case 'm':
                    options = options with { Multiline = on };
                    break;
                case 's':
                    options = options with { Singleline = on };
                    break;
                case 'x':
                    options = options with { IgnoreSpace = on };
                    break;
                case 'n':
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
