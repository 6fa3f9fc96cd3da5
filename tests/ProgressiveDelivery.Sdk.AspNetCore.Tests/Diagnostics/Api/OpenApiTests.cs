using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Json.Schema;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

public class OpenApiTests
{
    private static readonly JsonNode Document = JsonNode.Parse(OpenApiDocument.Text.Span)!;

    [Fact]
    public void DocumentIsOpenApi()
    {
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(Encoding.UTF8.GetString(OpenApiDocument.Text.Span), "json");

        read.Diagnostic!.Errors.Should().BeEmpty();
        read.Diagnostic.Warnings.Should().BeEmpty();
        read.Diagnostic.SpecificationVersion.Should().Be(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
    }

    [Fact]
    public void EachRouteIsDescribed()
    {
        var described = Document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key[1..]}"));

        described.Should().BeEquivalentTo(ApiRoutes.All.Select(static route => $"{route.Method} {route.Path}"));
    }

    [Fact]
    public void EachActIsDescribed() =>
        Document["paths"]!["/acts/{act}"]!["post"]!["parameters"]![0]!["schema"]!["enum"]!.AsArray().Select(static name => name!.GetValue<string>()).Should().Equal(OperatorActs.Names);

    [Fact]
    public void EachMemberOfEachAnswerIsDescribed()
    {
        var types = Contents();

        types.Should().HaveCountGreaterThan(40);
        foreach (var type in types)
        {
            var schema = Document["components"]!["schemas"]![NameOf(type.Type)];
            schema.Should().NotBeNull("{0} is described", type.Type.Name);
            schema!["properties"]!.AsObject().Select(static property => property.Key).Should().BeEquivalentTo(type.Properties.Select(static property => property.Name), type.Type.Name);
            (schema["required"]?.AsArray().Select(static name => name!.GetValue<string>()) ?? []).Should().BeEquivalentTo(type.Properties.Where(IsAlwaysThere).Select(static property => property.Name), type.Type.Name);
            schema["properties"]!.AsObject().Should().OnlyContain(static property => property.Value!["description"] != null);
        }
    }

    [Fact]
    public void EachValueOfEachEnumerationIsDescribed()
    {
        var enums = Contents().SelectMany(static type => type.Properties).Select(static property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Where(static type => type.IsEnum).Distinct().ToArray();

        enums.Should().HaveCount(16);
        foreach (var type in enums)
            Document["components"]!["schemas"]![type.Name]!["enum"]!.AsArray().Select(static name => name!.GetValue<string>()).Should().Equal(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName), type.Name);
    }

    [Fact]
    public async Task AnswersFitTheirSchemas()
    {
        await using var app = await ApiApp.StartAsync(SomeFlags.All, static page => page.SavedContexts["Bob"] = SomeFlags.Saved);
        await SomeFlags.StirAsync(app);

        foreach (var path in (string[])["status", "flags", "flag?key=new-checkout", "flag?key=banner", "flag?key=price", "flag?key=broken", "guards", "experiments", "events", "history", "diff?from=1&to=2", "audit", ""])
            Fits(await app.GetAsync(path), "get", path.Split('?')[0], "200");
        Fits(await app.PostAsync("explain", """{"flag": "banner", "context": {"targetingKey": "user-7", "country": "NL"}}"""), "post", "explain", "200");
        Fits(await app.PostAsync("explain", """{"flag": "price", "version": 1}"""), "post", "explain", "200");
        Fits(await app.ActAsync("release"), "post", "acts/{act}", "200");
        Fits(await app.ActAsync("release", status: HttpStatusCode.Conflict), "post", "acts/{act}", "409");
        Fits(await app.GetAsync("flag", HttpStatusCode.BadRequest), "get", "flag", "400");
        Fits(await app.GetAsync("flag?key=x", HttpStatusCode.NotFound), "get", "flag", "404");
    }

    [Theory]
    [InlineData("\"state\":\"ready\"", "\"state\":\"well\"")]
    [InlineData("\"revision\":", "\"revisions\":")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    public async Task SchemaRejectsWhatIsWrong(string from, string to)
    {
        await using var app = await ApiApp.StartAsync();
        var status = (await app.GetAsync("status")).GetRawText();
        status.Should().Contain(from);

        using var wrong = JsonDocument.Parse(status.Replace(from, to, StringComparison.Ordinal));

        var fits = () => Fits(wrong.RootElement, "get", "status", "200");
        fits.Should().Throw<Exception>();
    }

    // All members known: the public schema leaves room for those of later versions.
    private static void Fits(JsonElement answer, string method, string path, string status)
    {
        var strict = Document.DeepClone();
        foreach (var (_, type) in strict["components"]!["schemas"]!.AsObject())
        {
            if (type!["properties"] is not null)
                type["additionalProperties"] = false;
        }

        var response = strict["paths"]![$"/{path}"]![method]!["responses"]![status]!;
        if (response["$ref"] is { } reference)
            response = strict["components"]!["responses"]![reference.GetValue<string>().Split('/')[^1]]!;
        var wanted = response["content"]!.AsObject().First().Value!["schema"]!["$ref"]!.GetValue<string>();
        var schema = JsonSchema.FromText(new JsonObject { ["$ref"] = wanted, ["$defs"] = strict["components"]!["schemas"]!.DeepClone() }.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));

        var result = schema.Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });

        result.IsValid.Should().BeTrue(path + '\n' + string.Join('\n', (result.Details ?? []).Where(static detail => detail.Errors is { Count: > 0 }).Select(static detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")) + answer.GetRawText());
    }

    private static JsonTypeInfo[] Contents() =>
    [
        .. typeof(ApiJson).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static property => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
            .Select(static property => (JsonTypeInfo)property.GetValue(ApiJson.Default)!)
            .Where(static type => type.Kind == JsonTypeInfoKind.Object && type.Type.Namespace!.StartsWith(typeof(ApiJson).Namespace!, StringComparison.Ordinal)),
    ];

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.DeclaringType.GetProperty(property.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase) is { } own && new NullabilityInfoContext().Create(own).ReadState == NullabilityState.NotNull;

    private static string NameOf(Type type) => type == typeof(ApiProblem) ? "Problem" : type.Name[..^"Content".Length];
}
