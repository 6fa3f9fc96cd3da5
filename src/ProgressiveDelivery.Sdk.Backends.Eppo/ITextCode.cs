using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>The encoding of texts in a document.</summary>
internal interface ITextCode
{
    /// <summary>The hash of flags' keys and attributes' names; null if they are in the clear.</summary>
    OperandHash? KeyHash { get; }

    /// <summary>Decodes a text that is not hashed.</summary>
    string Decode(string text);

    /// <summary>Returns the name that a text stands for, or null if it is none of them.</summary>
    string? Find(string text, IEnumerable<string> names);
}

/// <summary>Texts in the clear.</summary>
internal sealed class ClearText : ITextCode
{
    public OperandHash? KeyHash => null;

    public string Decode(string text) => text;

    public string? Find(string text, IEnumerable<string> names) => names.FirstOrDefault(name => name == text);
}

/// <summary>Texts in Base64, and hashes of texts that are only compared.</summary>
internal sealed class ObfuscatedText : ITextCode
{
    public OperandHash? KeyHash => OperandHash.Md5;

    public string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : throw new FlagException($"'{text}' is no Base64.");
    }

    public string? Find(string text, IEnumerable<string> names) => names.FirstOrDefault(name => HashOf(name) == text);

#pragma warning disable CA5351 // The document's hash; it keeps no secret.
    public static string HashOf(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
#pragma warning restore CA5351
}
