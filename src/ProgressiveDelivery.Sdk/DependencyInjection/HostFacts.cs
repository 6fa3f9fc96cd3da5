using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Collects the facts about this process: those found, under those of the options.</summary>
/// <param name="application">The application's assembly; null if there is none.</param>
/// <param name="host">The application's host; null if there is none.</param>
/// <param name="variable">Reads an environment variable.</param>
internal sealed class HostFacts(Assembly? application, IHostEnvironment? host, Func<string, string?> variable)
{
    public const string Instance = "instance";

    private static readonly string[] InstanceVariables = ["OTEL_SERVICE_INSTANCE_ID", "WEBSITE_INSTANCE_ID", "HOSTNAME"];
    private static readonly string[] RegionVariables = ["CLOUD_REGION", "REGION_NAME", "AWS_REGION"];
    private static readonly string[] ZoneVariables = ["CLOUD_ZONE", "AVAILABILITY_ZONE"];

    // The clients of a process are one instance.
    private static readonly string ProcessId = Guid.NewGuid().ToString("N")[..12];

    /// <summary>The facts of this process in a host.</summary>
    public static HostFacts Of(IHostEnvironment? host) => new(Assembly.GetEntryAssembly(), host, Environment.GetEnvironmentVariable);

    /// <summary>Returns the context of the kind <c>host</c>.</summary>
    public EvaluationContext Context(HostContextOptions options)
    {
        var facts = Found();
        foreach (var (name, value) in options.Facts)
            facts[name] = string.IsNullOrEmpty(value) ? default(AttributeValue) : value;
        return new(facts[Instance].AsString(), facts.Where(fact => !fact.Value.IsNull));
    }

    private Dictionary<string, AttributeValue> Found() => new(StringComparer.Ordinal)
    {
        [Instance] = First(InstanceVariables) ?? $"{Environment.MachineName}-{ProcessId}",
        ["version"] = Version(),
        ["region"] = First(RegionVariables),
        ["zone"] = First(ZoneVariables),
        ["machine"] = Environment.MachineName,
        ["environment"] = host?.EnvironmentName,
        ["startTime"] = StartTime(),
    };

    private string? First(string[] names) => names.Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim();

    // Build metadata, such as the commit, has no place in the order of versions.
    private string? Version() => application?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static AttributeValue StartTime()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            return new DateTimeOffset(process.StartTime.ToUniversalTime());
        }
        catch (Exception fault) when (fault is PlatformNotSupportedException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return default;
        }
    }
}
