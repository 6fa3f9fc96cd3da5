using Microsoft.AspNetCore.Http;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>A question that has no answer. The details are safe to show: they never name a rule.</summary>
/// <param name="Status">The status of a response about one flag.</param>
/// <param name="Code">The error code of the protocol.</param>
/// <param name="Details">The problem and its remedy.</param>
internal sealed record OfrepFault(int Status, string Code, string Details)
{
    private const string ParseErrorCode = "PARSE_ERROR";
    private const string InvalidContextCode = "INVALID_CONTEXT";
    private const string GeneralCode = "GENERAL";

    /// <summary>Unknown flags and those that a caller may not see: one fault, so that they look the same.</summary>
    public static OfrepFault FlagNotFound { get; } = new(StatusCodes.Status404NotFound, "FLAG_NOT_FOUND", "There is no such flag. Correct the key, or mark the flag as client-visible.");

    public static OfrepFault NotReady { get; } = new(StatusCodes.Status500InternalServerError, GeneralCode, "The server has no rules yet. Ask again later.");

    public static OfrepFault Failed { get; } = new(StatusCodes.Status500InternalServerError, GeneralCode, "The server failed to answer. Look at its log.");

    public static OfrepFault NotJson { get; } = BadBody("The request's body is not JSON in UTF-8 of at most 64 levels. Send {\"context\": {…}}.");

    public static OfrepFault NotJsonType { get; } = BadBody("The request's content type is not JSON in UTF-8. Send 'Content-Type: application/json'.");

    public static OfrepFault NotAnObject { get; } = BadBody("The request's body is not a JSON object. Send {\"context\": {…}}.");

    public static OfrepFault CannotBeRead { get; } = BadBody("The request's body cannot be read to its end. Send it again.");

    public static OfrepFault ContextNotAnObject { get; } = BadContext("The context is not a JSON object. Send {\"context\": {\"targetingKey\": \"…\"}}.");

    public static OfrepFault KeyNotText { get; } = BadContext("The targeting key is not a text. Send it as a JSON string.");

    public static OfrepFault TooManyKinds { get; } = BadContext("The context has more than 64 kinds. Send fewer.");

    private static OfrepFault Malformed { get; } = new(StatusCodes.Status400BadRequest, ParseErrorCode, "The flag cannot be evaluated, since its definition is malformed. Look at the server's diagnostics.");

    private static OfrepFault TargetingKeyMissing { get; } = new(StatusCodes.Status400BadRequest, "TARGETING_KEY_MISSING", "The flag needs a targeting key, and the context has none. Send one.");

    private static OfrepFault Unanswered { get; } = new(StatusCodes.Status400BadRequest, GeneralCode, "The flag cannot be evaluated. Look at the server's diagnostics.");

    /// <summary>Returns the fault of a body above the limit.</summary>
    public static OfrepFault TooLarge(int maxBytes) => BadContext($"The request's body is larger than {maxBytes} bytes. Send a smaller context.");

    /// <summary>Returns the fault that an evaluation ended with; null if it answered.</summary>
    public static OfrepFault? Of(EvaluationReason reason) => reason switch
    {
        EvaluationReason.NotReady or EvaluationReason.Closed => NotReady,
        EvaluationReason.FlagNotFound => FlagNotFound,
        EvaluationReason.Error => Malformed,
        EvaluationReason.TargetingKeyMissing => TargetingKeyMissing,
        EvaluationReason.TypeMismatch => Unanswered,
        _ => null,
    };

    private static OfrepFault BadBody(string details) => new(StatusCodes.Status400BadRequest, ParseErrorCode, details);

    private static OfrepFault BadContext(string details) => new(StatusCodes.Status400BadRequest, InvalidContextCode, details);
}
