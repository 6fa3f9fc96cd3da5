using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Victim;

/// <summary>Snapshots that say their version in every flag, so that a mixture of two would show.</summary>
public static class Generation
{
    /// <summary>The keys of the flags of each generation.</summary>
    public static IReadOnlyList<string> Flags { get; } = ["version", .. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"flag-{i}"))];

    /// <summary>A document of some 60 kB.</summary>
    public static byte[] Document(long version)
    {
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $$"""{"schema": "progressive-delivery/1", "version": {{version}}, "flags": {""");
        json.AppendJoin(",\n", Flags.Select(flag => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{"\""}}{{flag}}": {"type": "integer", "variants": {"only": {{version}} }, "default": "only", "metadata": {"team": "payments"} }""")));
        return Encoding.UTF8.GetBytes(json.Append("}}").ToString());
    }
}
