using System.Security.Cryptography;
using System.Text;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>How texts are written in a document.</summary>
internal interface ITextCode
{
    /// <summary>The hash that flags' keys and attributes' names are; null: they are what they say.</summary>
    OperandHash? KeyHash { get; }

    /// <summary>A text that can be read back.</summary>
    string Decode(string text);

    /// <summary>Which of some names a text is; null: none.</summary>
    string? Find(string text, IEnumerable<string> names);
}

/// <summary>As they are.</summary>
internal sealed class ClearText : ITextCode
{
    public OperandHash? KeyHash => null;

    public string Decode(string text) => text;

    public string? Find(string text, IEnumerable<string> names) => names.FirstOrDefault(name => name == text);
}

/// <summary>Base64, and hashes of what only has to be recognised.</summary>
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
