using System.Text;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement;

/// <summary>Whatever one flag holds, the others live.</summary>
public sealed class FeatureManagementFormatTests
{
    /// <summary>A filter with a wrong member.</summary>
    public static TheoryData<string> WrongFilters =>
    [
        """{ "name": "Microsoft.TimeWindow", "parameters": { "Start": "soon" } }""",
        """{ "name": "Microsoft.TimeWindow", "parameters": { "End": "9999-12-31T23:59:59.9999999-01:00" } }""",
        """{ "name": "Microsoft.TimeWindow", "parameters": { "Start": "2020-01-01", "End": "2020-01-02", "Recurrence": { "Pattern": { "Interval": "often" }, "Range": {} } } }""",
        """{ "name": "Microsoft.Percentage", "parameters": { "Value": "50%" } }""",
        """{ "name": "Microsoft.Targeting", "parameters": { "Audience": { "DefaultRolloutPercentage": "ten" } } }""",
        """{ "name": "Microsoft.Targeting" }""",
        """{ "name": "Custom" }""",
    ];

    [Theory]
    [MemberData(nameof(WrongFilters))]
    public void FilterThatCannotBeReadCostsOnlyTheEvaluationsThatComeToIt(string filter)
    {
        var (definition, diagnostics) = Read($$"""
            { "id": "broken", "enabled": true, "conditions": { "client_filters": [{{filter}}] } },
            { "id": "before", "enabled": true, "conditions": { "client_filters": [{ "name": "AlwaysOn" }, {{filter}}] } },
            { "id": "other", "enabled": true }
            """);

        definition!.Flags.Select(flag => flag.Key).Should().Equal("broken", "before", "other");
        definition.Flags[0].Rules.Should().ContainSingle().Which.When.Should().BeOfType<AbortCondition>();
        definition.Flags.Should().OnlyContain(flag => flag.Defect == null);
        diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Path)).Should().Equal(
            ("PD1137", "$.feature_management.feature_flags[0].conditions.client_filters[0]"),
            ("PD1137", "$.feature_management.feature_flags[1].conditions.client_filters[1]"));
        diagnostics[0].Message.Should().StartWith("Feature 'broken': ");
    }

    /// <summary>A flag with a wrong setting.</summary>
    public static TheoryData<string> WrongFlags =>
    [
        """ "enabled": "soon" """,
        """ "enabled": true, "conditions": { "requirement_type": "Every" } """,
        """ "enabled": true, "telemetry": { "enabled": "yes" } """,
        """ "enabled": true, "variants": [{ "name": "a", "status_override": "Off" }] """,
        """ "enabled": true, "variants": [{ "name": "a", "configuration_value": "\ud800" }] """,
        """ "enabled": true, "\udc00": 1 """,
        """ "enabled": true, "conditions": { "client_filters": [{ "name": "\ud800" }] } """,
    ];

    [Theory]
    [MemberData(nameof(WrongFlags))]
    public void FlagThatCannotBeReadIsSetAsideAlone(string members)
    {
        var (definition, diagnostics) = Read($$"""{ "id": "broken", {{members}} }, { "id": "other", "enabled": true }""");

        definition!.Flags.Where(flag => flag.Defect is null).Select(flag => flag.Key).Should().Equal("other");
        diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == "PD1101" && found.Path == "$.feature_management.feature_flags[0]");
    }

    [Fact]
    public void FlagWhoseIdIsNoTextIsLeftOutAlone()
    {
        var (definition, diagnostics) = Read("""{ "id": "\ud800", "enabled": true }, { "id": "other", "enabled": true }""");

        definition!.Flags.Select(flag => flag.Key).Should().Equal("other");
        diagnostics.Should().ContainSingle().Which.Path.Should().Be("$.feature_management.feature_flags[0]");
    }

    [Fact]
    public void AllocationThatCannotBeReadIsReportedWhereItIs()
    {
        var (_, diagnostics) = Read("""
            { "id": "f", "enabled": true, "variants": [{ "name": "a" }], "allocation": { "percentile": [{ "variant": "a", "to": 10 }, { "variant": "a", "from": "ten", "to": 20 }] } }
            """);

        diagnostics.Should().ContainSingle().Which.ToString().Should()
            .Contain("PD1137").And.Contain("$.feature_management.feature_flags[0].allocation.percentile[1]").And.Contain("Invalid setting 'from' with value 'ten' for feature 'f'.");
    }

    private static SnapshotReadResult Read(string flags) =>
        new FeatureManagementFormat().Read(Encoding.UTF8.GetBytes($$"""{ "feature_management": { "feature_flags": [{{flags}}] } }"""));
}
