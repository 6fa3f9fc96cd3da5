using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>
/// The hashing of a test's operands, which are hashes of texts in lower-case hexadecimal digits. <c>equals</c> and <c>in</c> hash the whole text,
/// <c>hasAny</c> an item. <c>startsWith</c> and <c>endsWith</c> hash the first or last bytes in UTF-8, written <c>bytes_hash</c>. An operand that is
/// not a hash matches nothing.
/// </summary>
[Experimental("PD9001")]
public sealed record OperandHashing
{
    /// <summary>The hash.</summary>
    public required OperandHash Algorithm { get; init; }

    /// <summary>The text that is hashed after the tested text; empty for none.</summary>
    public string Salt { get; init; } = "";
}

/// <summary>The hash of an operand.</summary>
[Experimental("PD9001")]
public enum OperandHash
{
    /// <summary>SHA-256.</summary>
    Sha256 = 0,

    /// <summary>MD5.</summary>
    Md5,
}
