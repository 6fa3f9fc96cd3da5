using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Asks one suite's cases of a vendor's backend, as <c>FORMAT.md</c> says. An operation that it does not know is reported as not run.</summary>
internal interface ICaseRunner
{
    CaseResult Run(JsonElement @case);
}

/// <summary>A runner whose evaluations can be asked again and again, for what they allocate.</summary>
internal interface IMeasuredRunner : ICaseRunner
{
    /// <summary>An evaluation of the case, with everything but the evaluation itself done before; null where it asks no flag, or builds a text by its nature.</summary>
    Action? Evaluation(JsonElement @case);
}
