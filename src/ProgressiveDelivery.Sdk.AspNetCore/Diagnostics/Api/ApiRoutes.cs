using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Explaining;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>All endpoints of version 1 of the API.</summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        ApiRoute.Get("", "The endpoints of this API.", _ => ApiAnswer.Of(Index(), ApiJson.Default.IndexContent)),
        ApiRoute.Get("openapi.json", "This API as an OpenAPI 3.1 document.", _ => ApiAnswer.Text("application/json; charset=utf-8", OpenApiDocument.Text)),
        ApiRoute.Get("status", "The state of the client, its sources, their last refreshes, and what operators hold.", StatusEndpoint.Answer),
        ApiRoute.Get("flags", "The flags in force, by pages.", FlagsEndpoint.Answer),
        ApiRoute.Get("flag", "One flag with its rules, guards, ramps and experiments.", FlagEndpoint.Answer),
        ApiRoute.Get("guards", "The guards of all flags, and the trips that hold.", GuardsEndpoint.Answer),
        ApiRoute.Get("experiments", "The health of all experiments.", ExperimentsEndpoint.Answer),
        ApiRoute.Get("events", "The sinks of events, and what became of the events.", EventsEndpoint.Answer),
        ApiRoute.Get("history", "The last accepted snapshots.", HistoryEndpoint.Answer),
        ApiRoute.Get("diff", "The difference between two snapshots of the history.", DiffEndpoint.Answer),
        ApiRoute.Get("audit", "The audit trail.", AuditEndpoint.Answer),
        new("POST", "explain", "How a flag is decided for a context.", ExplainEndpoint.AnswerAsync),
        new("POST", "acts/{act}", "Does an act of an operator.", ActsEndpoint.AnswerAsync),
    ];

    private static IndexContent Index() => new() { Endpoints = [.. All.Select(static route => new EndpointContent(route.Method, route.Path, route.Summary))], Acts = [.. OperatorActs.Names] };
}

/// <summary>The list of endpoints.</summary>
internal sealed record IndexContent : ApiContent
{
    public required IReadOnlyList<EndpointContent> Endpoints { get; init; }

    /// <summary>The names of the acts.</summary>
    public required IReadOnlyList<string> Acts { get; init; }
}

/// <summary>An endpoint.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the version.</param>
/// <param name="Summary">What it is for.</param>
internal sealed record EndpointContent(string Method, string Path, string Summary);
