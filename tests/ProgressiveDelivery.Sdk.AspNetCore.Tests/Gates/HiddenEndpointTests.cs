using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates;

/// <summary>A client cannot tell a closed gate from an address that no endpoint has: compared byte by byte, on a real server.</summary>
public partial class HiddenEndpointTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var pipeline in new[] { "plain", "status-pages", "re-execute", "redirect", "exception-handler", "cors" })
        {
            foreach (var method in new[] { "GET", "HEAD", "POST" })
                cases.Add(pipeline, method);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ClosedGateAnswersAsAnAddressWithoutEndpoint(string pipeline, string method)
    {
        await using var app = GateApp.Build(builder =>
        {
            builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
            builder.Services.AddCors();
            UserHeader.AddTo(builder.Services);
        });
        Use(app, pipeline);
        app.MapMethods("/gated/{id}", ["GET", "HEAD", "POST"], (int id) => id).RequireFeature(GateFlags.Shut);
        app.Map("/error/{status}", (int status) => Results.Text($"error {status}", statusCode: status)).AllowAnonymous();
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());

        var gated = await AskAsync(address, method, "/gated/1");
        var missing = await AskAsync(address, method, "/other/1");

        gated.Should().Be(missing.Replace("/other/", "/gated/", StringComparison.Ordinal)).And.StartWith("HTTP/1.1 ");
        if (pipeline is not "redirect")
            gated.Should().StartWith("HTTP/1.1 404 Not Found");
    }

    private static void Use(WebApplication app, string pipeline)
    {
        switch (pipeline)
        {
            case "status-pages":
                app.UseStatusCodePages();
                break;
            case "re-execute":
                app.UseStatusCodePagesWithReExecute("/error/{0}");
                break;
            case "redirect":
                app.UseStatusCodePagesWithRedirects("/error/{0}");
                break;
            case "exception-handler":
                app.UseExceptionHandler("/error/500");
                break;
            case "cors":
                app.UseCors(cors => cors.AllowAnyOrigin());
                break;
        }
    }

    private static async Task<string> AskAsync(Uri address, string method, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: shop.example\r\nOrigin: http://other.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return Date().Replace(await reader.ReadToEndAsync(), "Date: now\r\n");
    }

    [GeneratedRegex("Date: [^\r]*\r\n")]
    private static partial Regex Date();
}
