namespace ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

/// <summary>Checks and quotes the names of tables and columns. Nothing else that a user gives becomes part of a statement.</summary>
internal static class Identifier
{
    private const int MaxLength = 63;   // PostgreSQL cuts off what is longer.

    /// <exception cref="ArgumentException">The name is no identifier.</exception>
    public static void Validate(string name, bool allowsParts)
    {
        if (string.IsNullOrEmpty(name) || !name.Split('.').All(IsPlain) || (!allowsParts && name.Contains('.', StringComparison.Ordinal)))
            throw new ArgumentException($"The name '{name}' is not the name of a {(allowsParts ? "table" : "column")}. Use ASCII letters, digits and '_', at most {MaxLength}, not beginning with a digit.");
    }

    public static string Quote(string name) => string.Join('.', name.Split('.').Select(part => $"\"{part}\""));

    private static bool IsPlain(string part) =>
        part.Length is > 0 and <= MaxLength && !char.IsAsciiDigit(part[0]) && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
