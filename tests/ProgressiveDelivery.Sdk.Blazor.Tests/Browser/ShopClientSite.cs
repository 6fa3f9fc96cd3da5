using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Browser;

/// <summary>The published sample, served as by any web server; the answers are those of a real client.</summary>
internal sealed class ShopClientSite : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ShopClientSite(WebApplication application) => _application = application;

    public string Address => _application.Urls.First();

    /// <summary>Publishes the sample for the browser. It needs the packages of the WebAssembly runtime, and no workload.</summary>
    public static async Task PublishAsync(string folder)
    {
        var project = Path.Combine(Root(), "samples", "ShopClient");
        // Leaves no server of the compiler or of MSBuild behind, which would keep the test run's files and locks open.
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-o", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own settings would name another version of the SDK's files.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.Should().Be(0, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Serves the published files on a port of its own.</summary>
    /// <param name="folder">The folder of <see cref="PublishAsync"/>.</param>
    /// <param name="features">The server's client, whose answers for the visitor the address <c>/flags.json</c> gives.</param>
    public static async Task<ShopClientSite> StartAsync(string folder, IFeatureClient features)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapGet("/flags.json", () => Results.Text(features.GetFrontEndFlags(new("ann")).ToJson(), "application/json"));
        var files = new PhysicalFileProvider(Path.Combine(folder, "wwwroot"));
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = new FileExtensionContentTypeProvider() });
        await application.StartAsync();
        return new(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProgressiveDelivery.Sdk.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
