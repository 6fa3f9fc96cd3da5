using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>An application that maps OFREP.</summary>
internal sealed class OfrepApp(TestApp inner) : IAsyncDisposable
{
    public const string All = "/ofrep/v1/evaluate/flags";
    public const string Events = "/ofrep/v1/events";

    /// <summary>A flag of each kind that a caller may see, and one that it may not.</summary>
    public const string Flags = """
        "checkout": {"type": "boolean", "clientVisible": true, "rules": [{"id": "secret-rule", "when": {"attribute": "country", "equals": "NL"}, "serve": "on"}], "default": "off"},
        "text": {"type": "string", "clientVisible": true, "variants": {"a": "é</script>", "b": "B"}, "default": "a"},
        "count": {"type": "integer", "clientVisible": true, "variants": {"big": 9007199254740993}, "default": "big"},
        "ratio": {"type": "number", "clientVisible": true, "variants": {"half": 0.5}, "default": "half"},
        "layout": {"type": "json", "clientVisible": true, "variants": {"wide": {"columns": [1, null]}}, "default": "wide"},
        "split": {"type": "boolean", "clientVisible": true, "default": {"rollout": {"to": "on", "percent": 100}, "else": "off"}},
        "off": {"type": "boolean", "clientVisible": true, "enabled": false, "offVariant": "off", "default": "on"},
        "bare": {"type": "boolean", "clientVisible": true, "enabled": false, "default": "on"},
        "nothing": {"type": "string", "clientVisible": true, "variants": {"a": "A"}},
        "child": {"type": "boolean", "clientVisible": true, "requires": [{"flag": "secret", "variants": ["on"]}], "offVariant": "off", "default": "on"},
        "malformed": {"type": "boolean", "clientVisible": true, "default": "no-such-variant"},
        "secret": {"type": "boolean", "default": "off"}
        """;

    public TestApp App => inner;

    public static async Task<OfrepApp> StartAsync(
        Action<OfrepOptions>? options = null,
        string flags = Flags,
        Action<WebApplication>? pipeline = null,
        Action<IServiceCollection>? services = null,
        Action<ProgressiveDeliveryBuilder>? client = null,
        Action<RequestOptions>? request = null) =>
        new(await TestApp.StartAsync(flags, request, pipeline ?? (app => app.MapOfrep(configure: options)), services, client));

    /// <summary>Asks for one flag.</summary>
    public Task<OfrepResponse> AskAsync(string key, string body = """{"context": {"targetingKey": "ann"}}""", params (string Name, string Value)[] headers) =>
        PostAsync($"{All}/{Uri.EscapeDataString(key)}", body, headers: headers);

    /// <summary>Asks for all flags.</summary>
    public Task<OfrepResponse> AskAllAsync(string body = """{"context": {"targetingKey": "ann"}}""", params (string Name, string Value)[] headers) => PostAsync(All, body, headers: headers);

    public Task<OfrepResponse> PostAsync(string path, string body, string? type = "application/json; charset=utf-8", params (string Name, string Value)[] headers) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), type, headers);

    public async Task<OfrepResponse> PostAsync(string path, byte[] body, string? type = "application/json", params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await SendAsync(path, content, headers);
    }

    public async Task<OfrepResponse> SendAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await inner.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new(response.StatusCode, text, isJson ? JsonNode.Parse(text) : null, response.Headers);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

/// <summary>A response, with its body.</summary>
internal sealed record OfrepResponse(HttpStatusCode Status, string Text, JsonNode? Json, HttpResponseHeaders Headers)
{
    /// <summary>The answer for a flag in that for all.</summary>
    public JsonNode? Flag(string key) => Json!["flags"]!.AsArray().SingleOrDefault(flag => (string?)flag!["key"] == key);
}
