namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>Documents with one flag each, one of whose members has an odd shape.</summary>
internal static class FlagShapes
{
    private const string Variants = """ "variants": [{ "name": "a", "configuration_value": "A" }, { "name": "b", "configuration_value": "B" }] """;

    private static readonly string[] Values = ["true", "\"true\"", "\" True \"", "\"yes\"", "1", "null", "\"\"", "\" \"", "[]", "[true]", "{}", "{\"x\":1}", "\"On\""];

    private static readonly string[] Filters =
    [
        .. new[] { "AlwaysOn", "On", "Microsoft.AlwaysOn", "AlwaysOnFilter", "TimeWindow", "Microsoft.TimeWindow", "TimeWindowFilter", "PercentageFilter", "Microsoft.Percentage", "TargetingFilter", "Microsoft.TargetingFilter", "microsoft.targeting", "Other.Percentage", "Custom", "" }
            .Select(name => $$$"""{ "name": "{{{name}}}", "parameters": { "Value": 100, "Start": "2020-01-01", "Audience": { "DefaultRolloutPercentage": 100 } } }"""),
        .. new[] { "\"ten\"", "\"\"", "null", "[1]", "{}", "\"50%\"", "\"1,000\"", "1e2", "\"100.0\"", "-1", "\" 101 \"", "true", "\"0x65\"", "\"#65\"", "\"&H65\"", "2147483648" }
            .Select(value => $$$"""{ "name": "Percentage", "parameters": { "Value": {{{value}}} } }"""),
        .. new[] { "\"soon\"", "\"\"", "\" \"", "null", "[\"2020-01-01\"]", "{}", "\" 2020-01-01 \"", "\"2020\"", "1577836800", "\"01/02/2020\"", "\"13/02/2020\"", "\"0001-01-01T00:00:00+14:00\"" }
            .SelectMany(value => new[] { $$$"""{ "name": "TimeWindow", "parameters": { "Start": {{{value}}} } }""", $$$"""{ "name": "TimeWindow", "parameters": { "End": {{{value}}} } }""" }),
        .. new[] { "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59.9999999-01:00\"", "\"9999-12-31\"" }.Select(value => $$$"""{ "name": "TimeWindow", "parameters": { "End": {{{value}}} } }"""),
        .. new[] { "", "\"parameters\": null", "\"parameters\": {}", "\"parameters\": \"x\"", "\"parameters\": []" }
            .SelectMany(parameters => new[] { "Percentage", "TimeWindow", "Targeting" }.Select(name => $$$"""{ "name": "{{{name}}}"{{{(parameters.Length == 0 ? "" : ", " + parameters)}}} }""")),
        .. Recurrences.Select(recurrence => $$$"""{ "name": "TimeWindow", "parameters": { "Start": "2020-01-01T00:00:00Z", "End": "2020-01-02T00:00:00Z", "Recurrence": {{{recurrence}}} } }"""),
        .. Audiences.Select(audience => $$$"""{ "name": "Targeting", "parameters": { "Audience": {{{audience}}} } }"""),
        """{ "name": "AlwaysOn" }, { "name": "TimeWindow", "parameters": { "Start": "soon" } }""",
        """{ "name": "TimeWindow", "parameters": { "Start": "soon" } }, { "name": "AlwaysOn" }""",
        """{ "parameters": {} }, { "name": "AlwaysOn" }""",
        """{ "parameters": {} }""",
        "\"AlwaysOn\"",
        "null",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All =>
    [
        .. Values.Select(value => Flag($"\"enabled\": {value}")),
        .. Values.Select(value => Flag($"\"enabled\": true, \"conditions\": {value}")),
        .. Values.Select(value => Flag($$"""  "enabled": true, "conditions": { "client_filters": {{value}} } """)),
        .. Values.Select(value => Flag($$"""  "enabled": true, "telemetry": { "enabled": {{value}} } """)),
        .. Values.Select(value => Flag($$"""  "enabled": true, "telemetry": {{value}} """)),
        .. Values.Append("\"All\"").Append("\"Every\"").Append("\"All,Any\"").Append("\"5\"").Append("\" all \"")
            .Select(value => Flag($$"""  "enabled": true, "conditions": { "requirement_type": {{value}}, "client_filters": [{ "name": "TimeWindow" }, { "name": "AlwaysOn" }] } """)),
        .. Filters.Select(filters => Flag($$"""  "enabled": true, "conditions": { "client_filters": [{{filters}}] } """)),
        .. Filters.Select(filters => Flag($$"""  "enabled": true, "conditions": { "requirement_type": "All", "client_filters": [{ "name": "TimeWindow" }, {{filters}}] } """)),
        .. Allocations.Select(allocation => Flag($"\"enabled\": true, {Variants}, \"allocation\": {allocation}")),
        .. Allocations.Select(allocation => Flag($"\"enabled\": false, {Variants}, \"allocation\": {allocation}")),
        .. VariantLists.Select(variants => Flag($$"""  "enabled": true, "variants": {{variants}}, "allocation": { "default_when_enabled": "a" } """)),
        .. VariantLists.Select(variants => Flag($$"""  "enabled": true, "conditions": { "client_filters": [{ "name": "TimeWindow" }] }, "variants": {{variants}}, "allocation": { "default_when_disabled": "a" } """)),
        .. VariantLists.Select(variants => Flag($$"""  "enabled": false, "variants": {{variants}}, "allocation": { "default_when_disabled": "a" } """)),
        .. Values.Select(value => $$"""{ "FeatureManagement": { "f": {{value}} } }"""),
        .. Values.Append("{ \"a\": { \"Name\": \"AlwaysOn\" } }").Append("{ \"3\": { \"Name\": \"AlwaysOn\" } }").Append("{ \"-3\": { \"Name\": \"AlwaysOn\" } }").Append("[\"AlwaysOn\"]")
            .Select(value => $$"""{ "FeatureManagement": { "f": { "EnabledFor": {{value}} } } }"""),
        .. Values.Append("\"Every\"").Select(value => $$"""{ "FeatureManagement": { "f": { "RequirementType": {{value}}, "EnabledFor": [{ "Name": "AlwaysOn" }] } } }"""),
        """{ "feature_management": { "feature_flags": { "x": { "id": "f", "enabled": true } } } }""",
        """{ "feature_management": { "feature_flags": { "f": { "enabled": true } } } }""",
        """{ "feature_management": { "feature_flags": "x" }, "FeatureManagement": { "f": true } }""",
        """{ "feature_management": { "feature_flags": [{ "id": "f", "enabled": true }, { "id": "F", "enabled": false }, 5, null, {}] } }""",
        """{ "feature_management": { "feature_flags": [{ "id": "F", "enabled": false }] }, "FeatureManagement": { "f": true } }""",
        """{ "f": true, "g": { "EnabledFor": [{ "Name": "AlwaysOn" }] }, "Logging": { "Level": "x" }, "secret": "s" }""",
        """{ "f": true, "FeatureManagement": "" }""",
        """{ "f": true, "feature_management": {} }""",
    ];

    private static string[] Recurrences =>
    [
        "{}", "null", "\"x\"", "[]", """{ "Pattern": {}, "Range": {} }""", """{ "Pattern": { "Type": "Daily" } }""", """{ "Pattern": { "Type": "Daily" }, "Range": {} }""", """{ "Pattern": "x", "Range": "x" }""",
        .. new[] { "\"Type\": \"Daily\"", "\"Type\": \"Dialy\"", "\"Type\": \"1\"", "\"Type\": \"7\"", "\"Type\": \"\"", "\"Type\": null", "\"Type\": {}", "\"Interval\": \"1.0\"", "\"Interval\": \"\"", "\"Interval\": 0", "\"Interval\": \"x\"", "\"Interval\": null" }.Select(Pattern),
        .. new[] { "[\"Monday\", \"nope\"]", "[\"nope\"]", "\"Wednesday\"", "[\"Wednesday\", \"\"]", "[]", "null", "[\"Wednesday,Thursday\"]" }.Select(days => Pattern($"\"Type\": \"Weekly\", \"DaysOfWeek\": {days}, \"Interval\": 1000000")),
        .. new[] { "\"x\"", "\"\"", "null", "{}" }.Select(day => Pattern($"\"Type\": \"Weekly\", \"DaysOfWeek\": [\"Wednesday\"], \"Interval\": 1000, \"FirstDayOfWeek\": {day}")),
        .. new[] { "\"Type\": \"Numbered\", \"NumberOfOccurrences\": 0", "\"Type\": \"Numbered\"", "\"Type\": \"Numbered\", \"NumberOfOccurrences\": \"x\"", "\"Type\": \"NoEnd\", \"NumberOfOccurrences\": \"x\"", "\"Type\": \"EndDate\", \"EndDate\": \"x\"", "\"Type\": \"EndDate\", \"EndDate\": \"\"", "\"Type\": \"EndDate\"", "\"Type\": \"EndDate\", \"EndDate\": \"2019-01-01\"", "\"Type\": \"x\"", "\"Type\": \"7\"" }
            .Select(range => $$"""{ "Pattern": { "Type": "Daily" }, "Range": { {{range}} } }"""),
    ];

    private static string[] Audiences =>
    [
        "null", "{}", "\"x\"", "[]",
        .. new[] { "\"ten\"", "\"\"", "null", "101", "-1", "\"NaN\"", "\"1,00\"", "100", "{}", "\"Infinity\"", "\"99.9e0\"" }.Select(value => $$"""{ "DefaultRolloutPercentage": {{value}} }"""),
        .. new[] { "\"Adam\"", "{ \"a\": \"Adam\" }", "[[\"Adam\"]]", "[null, \"Adam\"]", "[null]", "[\"ADAM\"]", "[]", "{}" }.SelectMany(users => new[] { $$"""{ "Users": {{users}} }""", $$"""{ "Exclusion": { "Users": {{users}} }, "DefaultRolloutPercentage": 100 }""" }),
        .. new[] { "\"x\"", "\"\"", "null", "100", "101", "{}" }.Select(value => $$"""{ "Groups": [{ "Name": "g", "RolloutPercentage": {{value}} }] }"""),
        """{ "Users": ["Adam"], "Groups": [{ "Name": "g", "RolloutPercentage": "x" }] }""", """{ "Groups": { "x": { "Name": "g", "RolloutPercentage": 100 } } }""", """{ "Groups": [{ "Name": "", "RolloutPercentage": 100 }] }""", """{ "Groups": ["g"] }""",
        """{ "Groups": [{ "Name": "g", "RolloutPercentage": 0 }, { "Name": "g", "RolloutPercentage": 100 }] }""", """{ "Groups": "g", "DefaultRolloutPercentage": 100 }""", """{ "Exclusion": null, "DefaultRolloutPercentage": 100 }""",
        """{ "Exclusion": {}, "DefaultRolloutPercentage": 100 }""", """{ "Exclusion": "x", "DefaultRolloutPercentage": 100 }""", """{ "Exclusion": { "Groups": ["g"] }, "DefaultRolloutPercentage": 100 }""",
    ];

    private static string[] Allocations =>
    [
        "null", "{}", "\"x\"", "[]",
        .. new[] { "\"a\"", "\"A\"", "\"zz\"", "\"\"", "null", "{ \"x\": \"a\" }", "[\"a\"]" }.SelectMany(value => new[] { $$"""{ "default_when_enabled": {{value}} }""", $$"""{ "default_when_disabled": {{value}} }""" }),
        .. new[] { "\"Adam\"", "null", "[]", "{}", "{ \"k\": \"Adam\" }", "[null, \"Adam\"]", "[[\"Adam\"]]", "[\"Adam\"]" }.Select(users => $$"""{ "user": [{ "variant": "a", "users": {{users}} }], "default_when_enabled": "b" }"""),
        .. new[] { "\"g\"", "null", "[]", "{}", "{ \"k\": \"g\" }", "[\"g\"]" }.Select(groups => $$"""{ "group": [{ "variant": "a", "groups": {{groups}} }], "default_when_enabled": "b" }"""),
        .. new[] { "\"zz\"", "\"\"", "null", "\"A\"", "{}" }.SelectMany(variant => new[]
        {
            $$"""{ "user": [{ "variant": {{variant}}, "users": ["Adam"] }, { "variant": "a", "users": ["Adam"] }], "default_when_enabled": "b" }""",
            $$"""{ "group": [{ "variant": {{variant}}, "groups": ["g"] }, { "variant": "a", "groups": ["g"] }], "default_when_enabled": "b" }""",
            $$"""{ "percentile": [{ "variant": {{variant}}, "to": 100 }, { "variant": "a", "to": 100 }], "default_when_enabled": "b" }""",
        }),
        .. new[] { "\"ten\"", "\"\"", "null", "\"50%\"", "\"1,00\"", "\"(100)\"", "101", "-1", "\"NaN\"", "\" 1e2 \"", "\"Infinity\"", "{}", "[]" }
            .SelectMany(value => new[] { $$"""{ "percentile": [{ "variant": "a", "to": {{value}} }], "default_when_enabled": "b" }""", $$"""{ "percentile": [{ "variant": "a", "from": {{value}}, "to": 60 }], "default_when_enabled": "b" }""" }),
        .. new[] { "\"\"", "{}", "5", "null", "\" \"", "\"s\"" }.Select(seed => $$"""{ "percentile": [{ "variant": "a", "to": 50 }, { "variant": "b", "from": 50, "to": 100 }], "seed": {{seed}} }"""),
        """{ "user": [{ "variant": "a", "users": ["Adam"] }], "percentile": [{ "variant": "b", "from": "ten", "to": 100 }] }""", """{ "percentile": [{ "variant": "a", "to": 40 }, { "variant": "b", "from": "ten", "to": 100 }] }""",
        """{ "percentile": [{ "variant": "a", "from": 60, "to": 40 }] }""", """{ "user": "u", "group": "g", "percentile": "p", "default_when_enabled": "b" }""", """{ "user": [null], "default_when_enabled": "b" }""", """{ "percentile": [null], "default_when_enabled": "b" }""",
        """{ "user": { "k": { "variant": "a", "users": ["Adam"] } }, "percentile": { "a": { "variant": "b", "to": 100 } } }""", """{ "percentile": [{ "to": "ten" }], "default_when_enabled": "b" }""", """{ "percentile": [{ "to": 30 }, { "variant": "a", "to": 60 }], "default_when_enabled": "b" }""",
    ];

    private static string[] VariantLists =>
    [
        "\"x\"", "{}", "[]", "[null]", "[\"a\"]", """{ "x": { "name": "a" } }""", """{ "x": { "name": "a" }, "0": { "name": "a" } }""", """[{ "configuration_value": 1 }]""", """[{ "name": "" }]""", """[{ "name": "a" }]""",
        .. new[] { "null", "\"\"", "{}", "[]", "[1, true, null, \"x\"]", "1.50", "5.0", "true", "\"90210\"", "\"007\"", "1e400", "{ \"b\": { \"c\": [] }, \"A\": 1, \"10\": 2, \"9\": 3 }" }.Select(value => $$"""[{ "name": "a", "configuration_value": {{value}} }, { "name": "b", "configuration_value": "none" }]"""),
        """[{ "name": "A", "configuration_value": true }, { "name": "a", "configuration_value": 1 }, { "name": "a", "configuration_value": 2 }]""",
        .. new[] { "\"Disabled\"", "\"disabled\"", "\"Enabled\"", "\"2\"", "\"7\"", "\"Off\"", "\"\"", "null", "{}", "\"Enabled,Disabled\"" }.Select(status => $$"""[{ "name": "a", "status_override": {{status}} }]"""),
        """[{ "name": "a" }, { "name": "b", "status_override": "Off" }]""",
    ];

    private static string Flag(string members) => $$"""{ "feature_management": { "feature_flags": [{ "id": "f", {{members}} }, { "id": "other", "enabled": true }] } }""";

    private static string Pattern(string members) => $$"""{ "Pattern": { {{members}} }, "Range": { "Type": "NoEnd" } }""";
}
