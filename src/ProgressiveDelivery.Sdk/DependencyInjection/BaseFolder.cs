using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>The folder that every relative path starts at: the host's content root, or without a host the application's own folder.</summary>
internal static class BaseFolder
{
    /// <summary>Returns the full path; one that is full already stays as it is.</summary>
    public static string FullPath(IServiceProvider services, string path) => Path.GetFullPath(path, Of(services));

    private static string Of(IServiceProvider services) =>
        services.GetService<IHostEnvironment>()?.ContentRootPath is { Length: > 0 } root ? Path.GetFullPath(root) : AppContext.BaseDirectory;
}
