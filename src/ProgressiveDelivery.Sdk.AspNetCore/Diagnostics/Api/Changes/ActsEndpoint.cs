using Microsoft.AspNetCore.Http;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>Does an act of an operator.</summary>
internal static class ActsEndpoint
{
    public static async ValueTask<ApiAnswer> AnswerAsync(ApiCall call)
    {
        if (Deny(call) is { } denied)
            return ApiAnswer.Of(denied);
        var name = call.Http.Request.RouteValues["act"] as string ?? "";
        if (OperatorActs.Find(name) is not { } act)
            return ApiAnswer.Of(ApiProblem.NotFound("unknownAct", $"There is no act '{SafeText.Cut(name, 40)}'. Known are: {string.Join(", ", OperatorActs.Names)}."));
        var (body, problem) = await ApiBody.ReadAsync(call.Http, ActRequest.Members).ConfigureAwait(false);
        if (body is null)
            return ApiAnswer.Of(problem!);
        var request = ActRequest.Read(body);
        if ((body.Fault ?? request.FindFault(act)) is { } fault)
            return ApiAnswer.Of(ApiProblem.BadRequest(fault));
        var subject = new ActSubject(call.View, request.ToInput(act));
        if (FindProblem(act, subject, request) is { } impossible)
            return ApiAnswer.Of(impossible);
        var outcome = await act.DoAsync(call.View.Control, subject, request.ToAct(act, subject, call.View.User)).ConfigureAwait(false);
        if (!outcome.IsDone)
            call.View.Site.Logger.ActNotDone(call.View.Site.ClientLabel, Line(call.View.User), act.Name, Line(request.Flag ?? subject.Input.Version ?? "the snapshot in force"), outcome.Result, Line(outcome.Message));
        return Conclude(outcome, call.View.Control.State.Revision);
    }

    private static ApiProblem? Deny(ApiCall call)
    {
        var problem = !call.View.MayAct ? ApiProblem.Of(StatusCodes.Status403Forbidden, "notAllowed", "You may look, but not act here. Ask for the policy for acting.")
            : RequestOrigin.IsElsewhere(call.Http.Request) ? ApiProblem.Of(StatusCodes.Status403Forbidden, "crossSite", "The request comes from another site. Act on the page itself, or without a browser.")
            : null;
        if (problem is not null)
            call.View.Site.Logger.ActRefused(call.View.Site.ClientLabel, Line(call.View.User), Line(call.Http.Request.Path.Value ?? ""), problem.Detail);
        return problem;
    }

    // What does not exist comes before what is impossible now: only the latter may become possible.
    private static ApiProblem? FindProblem(OperatorAct act, ActSubject subject, ActRequest request)
    {
        if (act is OverrideAct && subject.Flag is not { } && subject.InForce > 0)
            return ApiProblem.UnknownFlag(request.Flag!, subject.InForce);
        if (act is OverrideAct && request.Variant is { } variant && subject.Flag is { } flag && flag.Variants.All(known => known.Name != variant))
            return ApiProblem.NotFound("unknownVariant", $"Flag '{subject.FlagName}' has no variant '{SafeText.Cut(variant)}'. Choose one that it has: flag?key=.");
        if (request.Version is { } version && !subject.IsInHistory(version))
            return ApiProblem.UnknownVersion(version);
        if (act.Obstacle(subject) is { } obstacle)
            return ApiProblem.Of(StatusCodes.Status409Conflict, "notPossible", obstacle) with { Revision = subject.State.Revision };
        if (act.Choices(subject).Count > 0)
            return ApiProblem.BadRequest($"Flag '{subject.FlagName}' has no off variant. Choose a 'variant'.");
        return request.FindFaultOfStanding(act, subject) is { } fault ? ApiProblem.BadRequest(fault) : null;
    }

    private static ApiAnswer Conclude(ControlOutcome outcome, long revision)
    {
        if (outcome.IsDone)
            return ApiAnswer.Of(new ActContent { Result = outcome.Result, Message = outcome.Message, Revision = revision }, ApiJson.Default.ActContent);
        if (outcome.Result == ControlResult.Outdated)
            return ApiAnswer.Of(Outdated(revision));
        var isUnknown = outcome.Result == ControlResult.UnknownVersion;
        var code = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.Result.ToString());
        return ApiAnswer.Of(ApiProblem.Of(isUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, code, outcome.Message) with { Revision = revision });
    }

    private static ApiProblem Outdated(long revision) =>
        ApiProblem.Of(StatusCodes.Status409Conflict, "outdated", "The state has changed since the revision that you sent, and nothing was done. Read 'status' again, and decide anew.") with { Revision = revision };

    // A name must not begin a line of the log.
    private static string Line(string text) => SafeText.Escape(SafeText.Cut(text));
}

/// <summary>The outcome of an act that was done.</summary>
internal sealed record ActContent : ApiContent
{
    public required ControlResult Result { get; init; }

    public required string Message { get; init; }

    /// <summary>The revision after the act.</summary>
    public required long Revision { get; init; }
}
