using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Tests.AspNetCore;

/// <summary>An application behind a test server. The header <c>user</c> signs a user in.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<Site> StartAsync(Action<IServiceCollection> services, Action<WebApplication> map, string configuration = "{}")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(configuration));
        builder.Configuration.AddConfiguration(new ConfigurationBuilder().AddJsonStream(stream).Build());
        services(builder.Services);
        var app = builder.Build();
        app.Use(SignIn);
        app.UseRouting();
        map(app);
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Returns status and text of a request by a user.</summary>
    public async Task<string> GetAsync(string path, string? user = null)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (user is not null)
            request.Headers.Add("user", user);
        using var response = await client.SendAsync(request);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : $"{(int)response.StatusCode}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task SignIn(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers.TryGetValue("user", out var user))
            http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, user!), new(ClaimTypes.NameIdentifier, user!), new(ClaimTypes.Role, $"friends-of-{user}"), new("country", "NL")], "header"));
        return next(http);
    }
}
