namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Makes one report of all tests of the collection.</summary>
[CollectionDefinition(ConformanceReport.Collection)]
public sealed class ConformanceReportDefinition : ICollectionFixture<ConformanceReport>;
