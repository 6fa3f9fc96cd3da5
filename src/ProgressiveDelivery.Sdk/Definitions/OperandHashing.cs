namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// Says that the operands of a test are hashes, in lower-case hexadecimal digits, of the texts that they stand for: of <c>equals</c> and <c>in</c> of the whole
/// text, of <c>hasAny</c> of an item, of <c>startsWith</c> and <c>endsWith</c> of its first or last bytes in UTF-8, written <c>bytes_hash</c>. What is no hash matches nothing.
/// </summary>
/// <param name="Algorithm">The hash.</param>
/// <param name="Salt">What is hashed behind the text; empty: nothing.</param>
public sealed record OperandHashing(OperandHash Algorithm, string Salt = "");

/// <summary>The hash of an operand.</summary>
public enum OperandHash
{
    /// <summary>SHA-256.</summary>
    Sha256 = 0,

    /// <summary>MD5.</summary>
    Md5,
}
