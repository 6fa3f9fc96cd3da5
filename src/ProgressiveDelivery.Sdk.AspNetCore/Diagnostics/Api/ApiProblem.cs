using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>The reason why a request was not answered as it wished, in the form of RFC 9457.</summary>
internal sealed record ApiProblem : ApiContent
{
    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The kind of problem, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence or two: what is wrong, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The revision of the state, for an act that was not done.</summary>
    public long? Revision { get; init; }

    public static ApiProblem Of(int status, string code, string detail) => new() { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Code = code, Detail = detail };

    public static ApiProblem BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "invalidRequest", detail);

    public static ApiProblem NotFound(string code, string detail) => Of(StatusCodes.Status404NotFound, code, detail);

    public static ApiProblem UnknownFlag(string key, long version) => NotFound("unknownFlag", $"Snapshot {version} has no flag '{SafeText.Cut(key)}'. Search for it: flags?q=.");

    public static ApiProblem UnknownVersion(long version) => NotFound("unknownVersion", $"The history has no snapshot {version}. Choose a version that it has: history.");
}
