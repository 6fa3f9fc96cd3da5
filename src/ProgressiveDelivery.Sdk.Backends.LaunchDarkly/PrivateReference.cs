using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>A reference to an attribute that is private, or to a part of one.</summary>
/// <param name="Text">The reference as it is written.</param>
/// <param name="Path">The names on the way to it.</param>
internal sealed record PrivateReference(string Text, string[] Path)
{
    /// <summary>Reads a reference; false if it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PrivateReference? reference)
    {
        var path = text is not { Length: > 0 } ? null : text.StartsWith('/') ? ReferenceReader.Components(text) : [text];
        reference = path is null ? null : new(text!, path);
        return reference is not null;
    }

    /// <summary>Returns the reference to an attribute by its name.</summary>
    public static string Of(string name) => name.StartsWith('/') ? "/" + ReferenceReader.Escape(name) : name;
}
