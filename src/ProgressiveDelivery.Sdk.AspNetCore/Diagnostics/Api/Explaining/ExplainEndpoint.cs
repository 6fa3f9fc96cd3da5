using System.Text.Json;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Explaining;

/// <summary>Explains a context that was sent. It reads only: it counts nothing, and is no exposure.</summary>
internal static class ExplainEndpoint
{
    private static readonly string[] Members = ["flag", "context", "version"];

    public static async ValueTask<ApiAnswer> AnswerAsync(ApiCall call)
    {
        var (body, problem) = await ApiBody.ReadAsync(call.Http, Members).ConfigureAwait(false);
        return body is null ? ApiAnswer.Of(problem!) : Answer(call.View, body);
    }

    private static ApiAnswer Answer(ScreenContext view, ApiBody body)
    {
        var (flag, version) = (body.Text("flag"), body.Whole("version"));
        if (ReadContext(body, view.Options.PrivateAttributes, out var context) is { } fault)
            return ApiAnswer.Of(ApiProblem.BadRequest(fault));
        if (string.IsNullOrEmpty(flag))
            return ApiAnswer.Of(ApiProblem.BadRequest("'flag' is missing. Give the key of a flag."));
        if (version is null || version == view.Snapshot.Version)
            return Explain(view.Snapshot, view.Site.Client, flag, context);
        return view.Diagnostics.FindSnapshot(version.Value) is { } snapshot ? Explain(snapshot, snapshot, flag, context) : ApiAnswer.Of(ApiProblem.UnknownVersion(version.Value));
    }

    // The client also knows what guards and gates do to the flag.
    private static ApiAnswer Explain(IFeatureSnapshot snapshot, IFeatureEvaluator evaluator, string flag, EvaluationContext context)
    {
        if (!snapshot.Flags.Any(known => known.Key == flag))
            return ApiAnswer.Of(ApiProblem.UnknownFlag(flag, snapshot.Version));
        try
        {
            return ApiAnswer.Of(ExplanationContent.Of(evaluator.Explain(flag, context)), ApiJson.Default.ExplanationContent);
        }
        catch (UnknownFlagException)        // A newer snapshot without the flag has arrived meanwhile, and the client is strict.
        {
            return ApiAnswer.Of(ApiProblem.UnknownFlag(flag, snapshot.Version));
        }
    }

    private static string? ReadContext(ApiBody body, IEnumerable<string> privateNames, out EvaluationContext context)
    {
        context = EvaluationContext.Empty;
        var json = body.Object("context");
        if (body.Fault is not null)
            return body.Fault;
        try
        {
            if (json is { } given)
                context = PrivateNames.Mark(ContextJson.Read(given), privateNames);
            return null;
        }
        catch (JsonException)
        {
            return "'context' is nested in more than 256 levels. Send a flatter one.";
        }
    }
}
