using System.Security.Cryptography;
using System.Text;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Hashes the text that distinguishes sources of one name, for the names of files.</summary>
internal static class IdentityHash
{
    public static string Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
