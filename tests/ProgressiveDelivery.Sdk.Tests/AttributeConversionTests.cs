using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests;

/// <summary>Values that applications have become attributes, each as rules expect it.</summary>
public sealed class AttributeConversionTests
{
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Id = Guid.Parse("7C9E6679-7425-40DE-944B-E07FC1F90AE7");

    private enum Plan
    {
        Free,
        Gold,
    }

    [Flags]
    private enum Rights : ulong
    {
        None = 0,
        Read = 1,
        Write = 2,
        Both = 3,
        Admin = 1UL << 63,
    }

    public static TheoryData<string> Names => [.. Values.Keys];

    // How it converts implicitly, the same as an object, and what it is.
    private static Dictionary<string, (AttributeValue Implicit, object? Object, string Expected)> Values { get; } = new()
    {
        ["string"] = ("NL", "NL", "String \"NL\""),
        ["char"] = ('x', 'x', "String \"x\""),
        ["bool"] = (true, true, "Boolean true"),
        ["sbyte"] = ((sbyte)-5, (sbyte)-5, "Integer -5"),
        ["byte"] = ((byte)5, (byte)5, "Integer 5"),
        ["short"] = ((short)-5, (short)-5, "Integer -5"),
        ["ushort"] = ((ushort)5, (ushort)5, "Integer 5"),
        ["int"] = (5, 5, "Integer 5"),
        ["uint"] = (uint.MaxValue, uint.MaxValue, "Integer 4294967295"),
        ["long"] = (long.MinValue, long.MinValue, "Integer -9223372036854775808"),
        ["ulong"] = ((ulong)long.MaxValue, (ulong)long.MaxValue, "Integer 9223372036854775807"),
        ["ulong beyond 2^63"] = ((ulong)long.MaxValue + 1, (ulong)long.MaxValue + 1, "String \"9223372036854775808\""),
        ["float"] = (0.5f, 0.5f, "Number 0.5"),
        ["double"] = (5.0, 5.0, "Number 5"),
        ["decimal"] = (0.1m, 0.1m, "Number 0.1"),
        ["whole decimal"] = (5.00m, 5.00m, "Integer 5"),
        ["least whole decimal"] = (-9223372036854775808m, -9223372036854775808m, "Integer -9223372036854775808"),
        ["decimal beyond 2^63"] = (79228162514264337593543950335m, decimal.MaxValue, "Number 7.922816251426434E+28"),
        ["long decimal"] = (1.0000000000000000000000000001m, 1.0000000000000000000000000001m, "Number 1"),
        ["DateTimeOffset"] = (new DateTimeOffset(Noon).ToOffset(TimeSpan.FromHours(2)), new DateTimeOffset(Noon), "Instant 2026-05-01T12:00:00.0000000+00:00"),
        ["DateTime"] = (Noon, Noon, "Instant 2026-05-01T12:00:00.0000000+00:00"),
        ["local DateTime"] = (Noon.ToLocalTime(), Noon.ToLocalTime(), "Instant 2026-05-01T12:00:00.0000000+00:00"),
        ["DateOnly"] = (new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 1), "Instant 2026-05-01T00:00:00.0000000+00:00"),
        ["Guid"] = (Id, Id, "String \"7c9e6679-7425-40de-944b-e07fc1f90ae7\""),
        ["Version of two parts"] = (new Version(4, 2), new Version(4, 2), "String \"4.2.0\""),
        ["Version of three parts"] = (new Version(4, 2, 1), new Version(4, 2, 1), "String \"4.2.1\""),
        ["Version of an assembly"] = (new Version(4, 2, 1, 0), new Version(4, 2, 1, 0), "String \"4.2.1\""),
        ["Version with a revision"] = (new Version(4, 2, 1, 7), new Version(4, 2, 1, 7), "String \"4.2.1+7\""),
        ["Uri"] = (new Uri("https://shop.example/a b"), new Uri("https://shop.example/a b"), "String \"https://shop.example/a%20b\""),
        ["relative Uri"] = (new Uri("/a b", UriKind.Relative), new Uri("/a b", UriKind.Relative), "String \"/a b\""),
        ["enum"] = (AttributeValue.From(Plan.Gold), Plan.Gold, "String \"Gold\""),
        ["enum without a name"] = (AttributeValue.From((Plan)42), (Plan)42, "String \"42\""),
        ["flags"] = (AttributeValue.From(Rights.Both | Rights.Admin), Rights.Both | Rights.Admin, "List [\"Read\", \"Write\", \"Admin\"]"),
        ["no flag"] = (AttributeValue.From(Rights.None), Rights.None, "List []"),
        ["string[]"] = (new[] { "a", "b" }, new[] { "a", "b" }, "List [\"a\", \"b\"]"),
        ["long[]"] = (new[] { 1L }, new[] { 1L }, "List [1]"),
        ["int[]"] = (new[] { 1, 2 }, new[] { 1, 2 }, "List [1, 2]"),
        ["double[]"] = (new[] { 1.5 }, new[] { 1.5 }, "List [1.5]"),
        ["bool[]"] = (new[] { true }, new[] { true }, "List [true]"),
        ["AttributeValue[]"] = (new AttributeValue[] { 1, "a" }, new AttributeValue[] { 1, "a" }, "List [1, \"a\"]"),
        ["List<string>"] = (new List<string> { "a" }, new List<string> { "a" }, "List [\"a\"]"),
        ["Dictionary of strings"] = (new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, "Object {a = \"1\", b = \"2\"}"),
        ["Dictionary of values"] = (new Dictionary<string, AttributeValue> { ["a"] = 1 }, new Dictionary<string, AttributeValue> { ["a"] = 1 }, "Object {a = 1}"),
        ["null string"] = ((string?)null, null, "Null null"),
        ["null bool"] = ((bool?)null, (bool?)null, "Null null"),
        ["null int"] = ((int?)null, (int?)null, "Null null"),
        ["null long"] = ((long?)null, (long?)null, "Null null"),
        ["null double"] = ((double?)null, (double?)null, "Null null"),
        ["null decimal"] = ((decimal?)null, (decimal?)null, "Null null"),
        ["null char"] = ((char?)null, (char?)null, "Null null"),
        ["null Guid"] = ((Guid?)null, (Guid?)null, "Null null"),
        ["null DateTime"] = ((DateTime?)null, (DateTime?)null, "Null null"),
        ["null DateTimeOffset"] = ((DateTimeOffset?)null, (DateTimeOffset?)null, "Null null"),
        ["null DateOnly"] = ((DateOnly?)null, (DateOnly?)null, "Null null"),
        ["null enum"] = (AttributeValue.From((Plan?)null), (Plan?)null, "Null null"),
        ["null Version"] = ((Version?)null, null, "Null null"),
        ["null Uri"] = ((Uri?)null, null, "Null null"),
        ["null list"] = ((List<string>?)null, null, "Null null"),
        ["null array"] = ((long[]?)null, null, "Null null"),
        ["null dictionary"] = ((Dictionary<string, string>?)null, null, "Null null"),
        ["nullable bool"] = ((bool?)false, (bool?)false, "Boolean false"),
        ["nullable int"] = ((int?)5, (int?)5, "Integer 5"),
        ["nullable long"] = ((long?)5, (long?)5, "Integer 5"),
        ["nullable short"] = ((short?)5, (short?)5, "Integer 5"),
        ["nullable double"] = ((double?)5, (double?)5, "Number 5"),
        ["nullable decimal"] = ((decimal?)5, (decimal?)5, "Integer 5"),
        ["nullable char"] = ((char?)'x', (char?)'x', "String \"x\""),
        ["nullable DateOnly"] = ((DateOnly?)new DateOnly(2026, 5, 1), (DateOnly?)new DateOnly(2026, 5, 1), "Instant 2026-05-01T00:00:00.0000000+00:00"),
        ["nullable Guid"] = ((Guid?)Id, (Guid?)Id, "String \"7c9e6679-7425-40de-944b-e07fc1f90ae7\""),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueConvertsAlikeByItsTypeAndAsAnObject(string name)
    {
        var (typed, untyped, expected) = Values[name];

        Shown(typed).Should().Be(expected);
        Shown(AttributeValue.From(untyped)).Should().Be(expected);
        new EvaluationContext("u") { ["a"] = typed }["a"].Should().Be(typed);
    }

    [Fact]
    public void SequencesAndDictionariesOfAnyKindConvert()
    {
        Shown(AttributeValue.From(Enumerable.Range(1, 3).Select(i => $"s{i}"))).Should().Be("List [\"s1\", \"s2\", \"s3\"]");
        Shown(AttributeValue.From(new HashSet<Plan> { Plan.Gold })).Should().Be("List [\"Gold\"]");
        Shown(AttributeValue.From(new object?[] { 1, "a", null, new[] { 2.5m } })).Should().Be("List [1, \"a\", null, [2.5]]");
        Shown(AttributeValue.From(new Dictionary<string, object?> { ["n"] = 1, ["deep"] = new Dictionary<string, Guid?> { ["id"] = null } })).Should().Be("Object {deep = {id = null}, n = 1}");
        IReadOnlyDictionary<string, int> frozen = new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary();
        Shown(AttributeValue.From(frozen)).Should().Be("Object {a = 1}");
        Shown(AttributeValue.From(ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"))).Should().Be("Object {a = \"b\"}");
        Shown(AttributeValue.From(new ReadOnlyPairs())).Should().Be("Object {a = 1}");
    }

    [Fact]
    public void ParsedJsonConverts()
    {
        using var json = JsonDocument.Parse("""{"a": 1, "b": 1.5, "c": [true, null, "x"], "d": {"e": 9223372036854775808}}""");

        Shown(AttributeValue.From(json.RootElement)).Should().Be("Object {a = 1, b = 1.5, c = [true, null, \"x\"], d = {e = 9.223372036854776E+18}}");
    }

    [Theory]
    [InlineData("""{"a": 1, "b": [1.5, true, null, "x"], "c": {"d": 9223372036854775808}}""")]
    [InlineData("""["Köln", 5.0, {}]""")]
    [InlineData("17")]
    [InlineData("false")]
    [InlineData("\"gold\"")]
    public void JsonNodeConvertsAsItsElementDoes(string json)
    {
        using var document = JsonDocument.Parse(json);

        AttributeValue.From(JsonNode.Parse(json)).Should().Be(AttributeValue.From(document.RootElement));
        AttributeValue.From(document).Should().Be(AttributeValue.From(document.RootElement));
    }

    [Fact]
    public void JsonNodeMadeInCodeConverts()
    {
        var node = new JsonObject { ["age"] = 17, ["roles"] = new JsonArray("buyer", null), ["id"] = Id };

        Shown(AttributeValue.From(node)).Should().Be("Object {age = 17, id = \"7c9e6679-7425-40de-944b-e07fc1f90ae7\", roles = [\"buyer\", null]}");
    }

    [Fact]
    public void JsonTextThatIsNotUnicodeIsRefusedAsAnArgument()
    {
        using var json = JsonDocument.Parse("""["\ud800"]""");

        FluentActions.Invoking(() => AttributeValue.From(json.RootElement)).Should().Throw<ArgumentException>().WithMessage("*surrogate*");
    }

    [Fact]
    public void ListIsACopy()
    {
        var roles = new List<string> { "buyer" };
        AttributeValue value = roles;
        AttributeValue[] items = [1];
        AttributeValue array = items;

        roles.Add("admin");
        items[0] = 2;

        (Shown(value), Shown(array)).Should().Be(("List [\"buyer\"]", "List [1]"));
    }

    [Fact]
    public void InstantOfNoZoneIsRefusedWithWhatToDo()
    {
        var unspecified = new DateTime(2026, 5, 1, 12, 0, 0, DateTimeKind.Unspecified);

        var convert = () => (AttributeValue)unspecified;
        var convertObject = () => AttributeValue.From((object)unspecified);

        convert.Should().Throw<ArgumentException>().WithMessage("DateTime '2026-05-01T12:00:00.0000000' has the kind Unspecified*Give a DateTimeOffset*SpecifyKind*");
        convertObject.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void TypeThatNoAttributeHasIsRefusedWithThoseThatItMayHave()
    {
        var convert = () => AttributeValue.From(new { A = 1 });

        convert.Should().Throw<ArgumentException>().WithMessage("*AnonymousType*cannot be an attribute*DateOnly*Guid*sequence or dictionary*");
        FluentActions.Invoking(() => AttributeValue.From(new Dictionary<int, string> { [1] = "a" })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => AttributeValue.From(new object[] { TimeSpan.Zero })).Should().Throw<ArgumentException>().WithMessage("*TimeSpan*");
    }

    [Fact]
    public void ListThatContainsItselfEnds()
    {
        var own = new List<object>();
        own.Add(own);

        FluentActions.Invoking(() => AttributeValue.From(own)).Should().Throw<ArgumentException>().WithMessage("*nested more than 64*");
    }

    [Fact]
    public void ListThatIsSharedFortyTimesEnds()
    {
        object[] shared = ["a"];
        for (var i = 0; i < 40; i++)
            shared = [shared, shared];

        FluentActions.Invoking(() => AttributeValue.From(shared)).Should().Throw<ArgumentException>().WithMessage("*more than 100000*");
        FluentActions.Invoking(() => AttributeValue.From(Endless())).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void DecimalIsTheNearestNumber()
    {
        foreach (var text in new[] { "0.3", "1.1", "123456789.123456789", "7.2057594037927933", "-0.0000000000000000000000000001", "4.9406564584124654" })
            AttributeValue.From(decimal.Parse(text, CultureInfo.InvariantCulture)).Should().Be((AttributeValue)double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void KeysThatAreNumbersOrGuidsAreTheirText()
    {
        new EvaluationContext(17).TargetingKey.Should().Be("17");
        new EvaluationContext(long.MinValue).TargetingKey.Should().Be("-9223372036854775808");
        new EvaluationContext(Id).TargetingKey.Should().Be("7c9e6679-7425-40de-944b-e07fc1f90ae7");
        new StackContext(17).TargetingKey.Should().Be("17");
        new StackContext(Id).TargetingKey.Should().Be("7c9e6679-7425-40de-944b-e07fc1f90ae7");
    }

    [Fact]
    public void ConversionsThatNeedNoTextAllocateNothing()
    {
        Plan? none = null;
        int? number = 5;
        Allocated.By(() =>
        {
            var context = new StackContext("u");
            context.Set("enum", AttributeValue.From(Plan.Gold));
            context.Set("none", AttributeValue.From(none));
            context.Set("int?", number);
            context.Set("decimal", 0.1m);
            context.Set("DateTime", Noon);
            context.Set("DateOnly", DateOnly.MaxValue);
            context.Set("ulong", 5UL);
        }).Should().Be(0);
    }

    private static string Shown(AttributeValue value) => $"{value.Kind} {value}";

    [Fact]
    public void MembersWithoutEndAreRejected() =>
        FluentActions.Invoking(() => AttributeValue.From(EndlessMembers())).Should().Throw<ArgumentException>().WithMessage("*more than 100000 parts*");

    private static IEnumerable<KeyValuePair<string, AttributeValue>> EndlessMembers()
    {
        while (true)
            yield return new("a", 1);
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
            yield return 1;
    }

    private sealed class ReadOnlyPairs : IReadOnlyCollection<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return new("a", 1);
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
