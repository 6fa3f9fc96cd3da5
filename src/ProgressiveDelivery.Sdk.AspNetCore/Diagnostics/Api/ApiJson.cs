using System.Text.Json.Serialization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Explaining;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.State;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api;

/// <summary>The form in which answers are written.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 1_000,
    Converters =
    [
        typeof(UtcConverter), typeof(SecondsConverter), typeof(RawJsonConverter),
        typeof(CamelCase<FeatureClientState>), typeof(CamelCase<FeatureClientFaultKind>), typeof(CamelCase<SnapshotOrigin>), typeof(CamelCase<SourceState>), typeof(CamelCase<RefreshOutcome>),
        typeof(CamelCase<DiagnosticSeverity>), typeof(CamelCase<FlagType>), typeof(CamelCase<EvaluationReason>), typeof(CamelCase<GuardResult>), typeof(CamelCase<GuardResponse>),
        typeof(CamelCase<ExperimentHint>), typeof(CamelCase<ExplanationKind>), typeof(CamelCase<ExplanationOutcome>), typeof(CamelCase<ControlActKind>), typeof(CamelCase<ControlResult>),
        typeof(CamelCase<EventLossCause>),
    ])]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(IndexContent))]
[JsonSerializable(typeof(StatusContent))]
[JsonSerializable(typeof(EventsContent))]
[JsonSerializable(typeof(FlagsContent))]
[JsonSerializable(typeof(FlagContent))]
[JsonSerializable(typeof(GuardsContent))]
[JsonSerializable(typeof(ExperimentsContent))]
[JsonSerializable(typeof(ExplanationContent))]
[JsonSerializable(typeof(HistoryContent))]
[JsonSerializable(typeof(DiffContent))]
[JsonSerializable(typeof(AuditContent))]
[JsonSerializable(typeof(ActContent))]
internal sealed partial class ApiJson : JsonSerializerContext;
