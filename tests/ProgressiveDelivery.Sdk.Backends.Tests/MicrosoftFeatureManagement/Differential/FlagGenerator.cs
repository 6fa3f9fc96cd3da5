using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>
/// Makes feature flags of both schemas: every filter, requirement types, variants, allocations, telemetry; and in every member wrong values too. No window of
/// time begins or ends after 2025 and before 2900, so that no answer depends on the moment of the test.
/// </summary>
internal sealed class FlagGenerator(int seed)
{
    private const double WrongShare = 0.06;

    private static readonly string[] Wrong = ["ten", "50%", "", " ", "-1", "101", "1,00", "NaN", "0x10", "True", "5.0", "2147483648", "soon", "Every", "9", "x:y", "∞", "1e2"];
    private static readonly string[] Names = ["a", "b", "c", "A"];

    private readonly Random _random = new(seed);

    public JsonObject Configuration()
    {
        var root = new JsonObject();
        if (Chance(0.75))
            root["feature_management"] = Odd(() => new JsonObject { ["feature_flags"] = Odd(() => List(1, 3, CurrentFlag)) });
        if (Chance(0.5))
        {
            var flags = new JsonObject();
            for (var i = _random.Next(1, 4); i > 0; i--)
                flags[Pick("f", "g", "H", "with space", "ümläut")] = OlderFlag();
            root["FeatureManagement"] = flags;
        }

        return root;
    }

    private JsonNode? CurrentFlag()
    {
        var flag = new JsonObject { ["id"] = Key(), ["enabled"] = Odd(() => Pick<JsonNode>(true, true, true, false, "true", "False")) };
        if (Chance(0.7))
            flag["conditions"] = Odd(() => Conditions());
        if (Chance(0.6))
        {
            flag["variants"] = Odd(() => List(0, 3, Variant));
            if (Chance(0.9))
                flag["allocation"] = Odd(() => Allocation());
        }

        if (Chance(0.2))
            flag["telemetry"] = Odd(() => new JsonObject { ["enabled"] = Odd(() => true), ["metadata"] = Odd(() => new JsonObject { ["note"] = "n" }) });
        return Without(flag);
    }

    private JsonNode? OlderFlag() => _random.Next(10) switch
    {
        0 => Odd(() => true),
        1 => false,
        2 => new JsonObject { ["EnabledFor"] = Odd(() => Pick<JsonNode>(true, false, "true")) },
        _ => Without(new JsonObject { ["EnabledFor"] = Odd(() => Filters("Name", "Parameters")), ["RequirementType"] = Requirement() }),
    };

    private JsonObject Conditions() => Without(new JsonObject { ["client_filters"] = Odd(() => Filters("name", "parameters")), ["requirement_type"] = Requirement() });

    private JsonNode? Requirement() => Odd(() => Pick<JsonNode?>("Any", "All", "all", "1", null));

    private JsonArray Filters(string name, string parameters) => List(0, 3, () => Odd(() => Filter(name, parameters)));

    private JsonObject Filter(string name, string parameters)
    {
        return _random.Next(12) switch
        {
            0 or 1 => Named(Pick("AlwaysOn", "On", "alwayson"), null),
            2 or 3 => Named(Pick("Percentage", "Microsoft.Percentage"), () => new JsonObject { ["Value"] = Odd(() => Pick<JsonNode>(100, 0, -5, "100", "101"), "0x10", "9") }),
            4 or 5 or 6 => Named(Pick("TimeWindow", "Microsoft.TimeWindow"), TimeWindow),
            7 => Named(Pick("Custom", "TargetingFilter", "Microsoft.AlwaysOn", "Other.Targeting"), () => new JsonObject { ["Value"] = 100 }),
            _ => Named(Pick("Targeting", "Microsoft.Targeting", "targeting"), () => new JsonObject { ["Audience"] = Odd(() => Audience()) }),
        };

        JsonObject Named(string value, Func<JsonNode>? make)
        {
            var filter = new JsonObject { [name] = Odd(() => value) };
            if (make is not null)
                filter[parameters] = Odd(make);
            return Without(filter);
        }
    }

    private JsonObject TimeWindow()
    {
        if (Chance(0.5))
            return Without(new JsonObject { ["Start"] = Instant(), ["End"] = Instant() });
        var (start, end) = Pick(("2020-01-01T00:00:00+00:00", "2020-01-02T00:00:00Z"), ("Wed, 01 Jan 2020 00:00:00 GMT", "Thu, 02 Jan 2020 00:00:00 GMT"), ("2020-01-01T08:00:00+08:00", "2020-01-02T00:00:00Z"), ("2020-01-01Z", "2021-01-01Z"));
        return Without(new JsonObject
        {
            ["Start"] = Odd(() => start),
            ["End"] = Odd(() => end),
            ["Recurrence"] = Odd(() => Without(new JsonObject { ["Pattern"] = Odd(() => Pattern()), ["Range"] = Odd(() => Range()) })),
        });
    }

    // A window of a day that comes each day is always open, and so is asked at any moment.
    private JsonObject Pattern() => Chance(0.5)
        ? Without(new JsonObject { ["Type"] = Odd(() => Pick("Daily", "daily", "0")), ["Interval"] = Odd(() => Pick<JsonNode>(1, "1"), "9", "101", "0x10") })
        : Without(new JsonObject
        {
            ["Type"] = Odd(() => Pick("Weekly", "1")),
            ["Interval"] = Odd(() => 1, "9", "101", "0x10"),
            ["DaysOfWeek"] = Odd(() => Chance(0.8) ? new JsonArray("Monday", "Tuesday", "Wednesday", "Thursday", "friday", "6", "Sunday", "nope") : new JsonArray("Monday")),
            ["FirstDayOfWeek"] = Odd(() => Pick("Sunday", "Monday", "thursday"), "9", "-1", "101"),
        });

    private JsonObject Range() => _random.Next(3) switch
    {
        0 => Without(new JsonObject { ["Type"] = Odd(() => "EndDate"), ["EndDate"] = Odd(() => Pick("2020-06-01", "2999-01-01", "2019-01-01")) }),
        1 => Without(new JsonObject { ["Type"] = Odd(() => "Numbered"), ["NumberOfOccurrences"] = Odd(() => Pick<JsonNode>(1, "3", 2147483647, 0)) }),
        _ => Without(new JsonObject { ["Type"] = Odd(() => Pick("NoEnd", "0")) }),
    };

    private JsonNode? Instant() =>
        Odd(() => Pick<JsonNode?>("2020-01-01", "2999-01-01T00:00:00Z", "Wed, 01 May 2019 13:59:59 GMT", "9999-12-31T23:59:59.9999999Z", "01/02/2020", "0001-01-01T00:00:00Z", null, "2998-12-31T23:00:00-01:00"));

    private JsonObject Audience() => Without(new JsonObject
    {
        ["Users"] = Odd(() => Users()),
        ["Groups"] = Odd(() => List(0, 3, () => new JsonObject { ["Name"] = Pick("g", "h", "x", "G"), ["RolloutPercentage"] = Percent() })),
        ["DefaultRolloutPercentage"] = Percent(),
        ["Exclusion"] = Odd(() => Chance(0.5) ? null : Without(new JsonObject { ["Users"] = Odd(() => Users()), ["Groups"] = Odd(() => Groups()) })),
    });

    private JsonNode? Variant() => Odd(() => Without(new JsonObject
    {
        ["name"] = Odd(() => Pick(Names)),
        ["configuration_value"] = Value(),
        ["status_override"] = Chance(0.6) ? null : Odd(() => Pick("None", "Enabled", "Disabled", "disabled", "2")),
    }));

    private JsonNode? Value() => _random.Next(9) switch
    {
        0 => "90210",
        1 => Pick<JsonNode>(5, 1.5, "007", "+1"),
        2 => Pick<JsonNode>(true, "none", ""),
        3 => new JsonObject { ["size"] = Value(), ["shape"] = new JsonArray(1, "x", true) },
        4 => new JsonArray(1, "90210", null),
        5 => new JsonObject(),
        _ => Pick(Wrong),
    };

    private JsonObject Allocation() => Without(new JsonObject
    {
        ["user"] = Odd(() => List(0, 2, () => Odd(() => Without(new JsonObject { ["variant"] = Odd(() => Pick(Names)), ["users"] = Odd(() => Users()) })))),
        ["group"] = Odd(() => List(0, 2, () => Odd(() => Without(new JsonObject { ["variant"] = Odd(() => Pick(Names)), ["groups"] = Odd(() => Groups()) })))),
        ["percentile"] = Odd(() => List(0, 3, () => Odd(() => Without(new JsonObject { ["variant"] = Odd(() => Pick(Names)), ["from"] = Percent(), ["to"] = Percent() })))),
        ["seed"] = Chance(0.7) ? null : Odd(() => Pick("s", "allocation\nother")),
        ["default_when_enabled"] = Odd(() => Pick(Names)),
        ["default_when_disabled"] = Odd(() => Pick(Names)),
    });

    private JsonNode? Percent() => Odd(() => Pick<JsonNode>(0, 100, 50, "25.5", 75, "100", 33.3, "60"));

    private JsonArray Users() => [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => (JsonNode)Pick("Adam", "Britney", "adam", "u1", ""))];

    private JsonArray Groups() => [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => (JsonNode)Pick("g", "h", "x", "G"))];

    private string Key() => Pick("f", "F", "g", "h", "with space", "ümläut");

    private JsonArray List(int least, int most, Func<JsonNode?> item) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => item())];

    // Leaves a member out, now and then.
    private JsonObject Without(JsonObject whole)
    {
        foreach (var name in whole.Select(member => member.Key).ToList())
        {
            if (whole[name] is null ? Chance(0.8) : Chance(0.03))
                whole.Remove(name);
        }

        return whole;
    }

    // Now and then something else than what belongs there.
    private JsonNode? Odd<T>(Func<T> make, params string[] not)
    {
        if (!Chance(WrongShare))
            return make() switch { JsonNode node => node, null => null, string text => text, bool boolean => boolean, int number => number, _ => throw new NotSupportedException() };
        return _random.Next(7) switch
        {
            0 => null,
            1 => new JsonObject(),
            2 => new JsonArray(),
            3 => new JsonArray("a", "Adam"),
            4 => new JsonObject { ["named"] = "g", ["name"] = "AlwaysOn" },
            _ => Pick([.. Wrong.Except(not)]),
        };
    }

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];

    private bool Chance(double share) => _random.NextDouble() < share;
}
