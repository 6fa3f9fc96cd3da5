using System.Globalization;

namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>Names sources for people.</summary>
internal static class SourceText
{
    private const string AfterScheme = "://";
    private const int MaxLength = 500;

    private static readonly (string Name, long Ticks)[] Units = [("h", TimeSpan.TicksPerHour), ("min", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)];

    /// <summary>Returns a name without what may be secret in an address: user, query and fragment. Other names stay as they are, cut after 500 characters.</summary>
    public static string NameOf(string name)
    {
        var plain = name.Contains(AfterScheme, StringComparison.Ordinal) ? WithoutSecrets(name) : name;
        return plain.Length > MaxLength ? plain[..MaxLength] : plain;
    }

    /// <summary>Returns the kind of a source in words.</summary>
    public static string KindOf(ISnapshotSource source) => source switch
    {
        IDescribedSource described => described.Kind,
        IStreamingSource => "stream",
        _ => "source of the application",
    };

    /// <summary>Describes a pause between polls: <c>polled every 30 s</c>.</summary>
    public static string PolledEvery(TimeSpan interval)
    {
        var (name, unit) = interval.Ticks == 0 ? default : Array.Find(Units, unit => interval.Ticks % unit.Ticks == 0);
        return name is null
            ? string.Create(CultureInfo.InvariantCulture, $"polled every {interval.TotalSeconds:0.###} s")
            : string.Create(CultureInfo.InvariantCulture, $"polled every {interval.Ticks / unit} {name}");
    }

    private static string WithoutSecrets(string name)
    {
        if (Uri.TryCreate(name, UriKind.Absolute, out var address))
            return address.IsFile ? name : address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        // No address that can be read: what may be a user goes with all before it.
        var end = name.AsSpan().IndexOfAny('?', '#');
        var plain = end < 0 ? name : name[..end];
        var start = plain.IndexOf(AfterScheme, StringComparison.Ordinal);
        var user = plain.LastIndexOf('@');
        return start >= 0 && user > start ? string.Concat(plain.AsSpan(0, start + AfterScheme.Length), plain.AsSpan(user + 1)) : plain;
    }
}
