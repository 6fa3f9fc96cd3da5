using System.Text;
using Microsoft.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Docs.Tests.Api;

/// <summary>The index of the pages, by package and namespace.</summary>
internal static class ApiIndex
{
    public static string Write(IReadOnlyList<INamedTypeSymbol> types)
    {
        var page = new StringBuilder($"""
            # API reference

            Every public type and member, one page for each namespace. Generated from the XML documentation; do not edit.
            This command writes the pages again, and the tests check them:

            ```
            {ApiReference.Command}
            ```

            """);
        foreach (var package in types.GroupBy(type => type.ContainingAssembly.Name).OrderBy(package => package.Key, StringComparer.Ordinal))
        {
            page.Append('\n').Append("## ").Append(package.Key).Append("\n\n");
            foreach (var space in package.GroupBy(type => type.ContainingNamespace.ToDisplayString()).OrderBy(space => space.Key, StringComparer.Ordinal))
                page.Append(Wrapping.Wrap($"[{space.Key}]({space.Key}.md): {string.Join(", ", space.Select(type => $"`{ApiNames.Of(type)}`"))}", "- ", "  ")).Append('\n');
        }

        return page.ToString();
    }
}
