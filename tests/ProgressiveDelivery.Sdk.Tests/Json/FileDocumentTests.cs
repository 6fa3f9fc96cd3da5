using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>What people write into files: comments, trailing commas, no version.</summary>
public sealed class FileDocumentTests
{
    private const string Commented = """
        // Rules of the shop
        {
          /* the format */ "schema": "progressive-delivery/1",
          "flags": {
            "theme": { "type": "json", "variants": { "dark": { "name": "// no comment", /* a , } */ "sizes": [1, 2, /* last */ ], }, }, "default": "dark", // as agreed
                       "metadata": { "owner": "kim", /* who */ }, },
            "maintenance": true,  // a whole flag
          },
        }
        // the end
        """;

    [Fact]
    public void FileMayHaveCommentsAndTrailingCommasAndNoVersion()
    {
        var (definition, diagnostics) = ReadFile(Commented);

        diagnostics.Should().BeEmpty();
        definition!.Version.Should().Be(0, "it is numbered by the time it is read");
        definition.Flags.Select(flag => flag.Key).Should().Equal("theme", "maintenance");
    }

    [Fact]
    public void WhatIsTakenOutOfAFileAsTextIsStrictJson()
    {
        var definition = ReadFile(Commented).Definition! with { Version = 7 };

        var again = SnapshotJson.Read(Documents.Write(definition));

        again.Diagnostics.Should().BeEmpty();
        again.Definition!.Flags[0].Metadata["owner"].GetString().Should().Be("kim");
        definition.Flags[0].Open().EvaluateJson("theme", EvaluationContext.Empty, default, TestJson.Default.JsonElement)
            .Value.GetProperty("sizes").GetArrayLength().Should().Be(2);
    }

    [Theory]
    [InlineData("{ } // no")]
    [InlineData("{ /* no */ }")]
    [InlineData("{ \"schema\": \"progressive-delivery/1\", \"version\": 1, \"flags\": {}, }")]
    public void DocumentFromTheNetworkMayNot(string document) =>
        Documents.Read(document).ShouldBeRefused("PD1001").Message.Should().Contain("without comments or trailing commas");

    public static TheoryData<string> WideEncodings => new("utf-16", "utf-16BE", "utf-32", "utf-32BE");

    [Theory]
    [MemberData(nameof(WideEncodings))]
    public void FileInAWiderEncodingIsToldAsSuch(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        const string text = """{ "schema": "progressive-delivery/1", "flags": {} }""";
        byte[] marked = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        SnapshotJson.Read(marked, SnapshotReadModes.File).ShouldBeRefused("PD1001").Message.Should().StartWith("The file is no JSON").And.Contain("UTF-16 or UTF-32").And.Contain("as JSON in UTF-8");
        if (name.StartsWith("utf-16", StringComparison.Ordinal))
            SnapshotJson.Read(encoding.GetBytes(text), SnapshotReadModes.File).ShouldBeRefused("PD1001").Message.Should().Contain("UTF-16 or UTF-32");
    }

    [Theory]
    [InlineData(" \r\n", "The file is empty, not a snapshot. Write a snapshot into it, or correct the path.")]
    [InlineData("<html>", "The file is HTML or XML, not a snapshot. Write*")]
    [InlineData("[]", "The file is a list, not a JSON object, not a snapshot. Write*")]
    [InlineData("""{ "flags": { "a": true } }""", "The document's schema is missing*Begin the document with \"schema\": \"progressive-delivery/1\"*")]
    public void FaultOfAFileIsTheFiles(string document, string message) => ReadFile(document).Diagnostics[0].Message.Should().Match(message);

    [Fact]
    public void FileInLatin1IsAFile() =>
        SnapshotJson.Read(Encoding.Latin1.GetBytes("{ \"é\": 1 }"), SnapshotReadModes.File).ShouldBeRefused("PD1001").Message.Should().StartWith("The file is no JSON: line 1, byte 4: the bytes are no UTF-8");

    [Theory]
    [InlineData("[,]")]
    [InlineData("{,}")]
    [InlineData("{ \"a\": 1,, }")]
    [InlineData("{ \"a\":, }")]
    [InlineData("{ \"a\": [1,,] }")]
    [InlineData(",{}")]
    [InlineData("{},")]
    [InlineData("{ \"a\": 1 / 2 }")]
    [InlineData("{ /* open }")]
    [InlineData("{ # not a comment of JSON\n }")]
    [InlineData("{ \"a\": \"open // }")]
    public void OtherFaultsOfAFileStayFaults(string document) => ReadFile(document).ShouldBeRefused("PD1001").Message.Should().Contain("The file is no JSON").And.Contain("are allowed");

    [Fact]
    public void FaultOfAFileKeepsItsPlaceBehindComments() =>
        ReadFile("{ // é\n /* x\n y */ \"schema\": oops }").ShouldBeRefused("PD1001").Message.Should().Contain("line 3, byte 17");

    [Fact]
    public void CommentsAndTrailingCommasAreRemovedFromWhatDotNetReads()
    {
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"\\\"//\"", "1", "true", "// x\n", "/* , } */", "/", "*", " ", "\n", "\"", "\\", "/**/"];
        var random = new Random(17);
        var read = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var document = Encoding.UTF8.GetBytes(i % 2 == 0 ? text : $"{{\"a\":[{text}]}}");

            var lenient = Tokens(document, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var strict = Tokens(FileJson.ToStrict(document).Span, default);

            strict.Should().Be(lenient, Encoding.UTF8.GetString(document));
            read += lenient is null ? 0 : 1;
        }

        read.Should().BeGreaterThan(1_000);
    }

    [Fact]
    public void FileWithoutCommentsIsNotCopied()
    {
        ReadOnlyMemory<byte> plain = """{ "a": "// \" ,}", "b": [1, 2] }"""u8.ToArray();

        FileJson.ToStrict(plain).Equals(plain).Should().BeTrue();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"1\"")]
    public void VersionThatIsThereMustBeOneInAFileToo(string version) =>
        ReadFile($$"""{ "schema": "progressive-delivery/1", "version": {{version}}, "flags": {} }""").ShouldBeRefused("PD1003");

    [Fact]
    public void NullVersionOfAFileIsAbsent() =>
        ReadFile("""{ "schema": "progressive-delivery/1", "version": null, "flags": {} }""").Definition!.Version.Should().Be(0);

    [Fact]
    public void DefinitionWithoutVersionIsWrittenAsAFileHasIt()
    {
        var written = Documents.Write(ReadFile(Commented).Definition!);

        SnapshotJson.Read(written).ShouldBeRefused("PD1003");
        SnapshotJson.Read(written, SnapshotReadModes.File).Definition!.Version.Should().Be(0);
    }

    [Theory]
    [InlineData("---\nschema: progressive-delivery/1\n")]
    [InlineData("# rules\nschema: progressive-delivery/1\nversion: 1\n")]
    [InlineData("flags:\n  checkout:\n    state: ENABLED\n")]
    [InlineData("%YAML 1.2\n---\n")]
    [InlineData("- name: a\n  on: true\n")]
    [InlineData("\n\nfeature_management:\r\n  a: true\r\n")]
    public void YamlIsToldAsSuch(string document)
    {
        Documents.Read(document).ShouldBeRefused("PD1001").Message.Should().Contain("looks like YAML. Convert it to JSON");
        ReadFile(document).ShouldBeRefused("PD1001").Message.Should().Contain("looks like YAML. Convert it to JSON");
    }

    [Theory]
    [InlineData("Service unavailable")]
    [InlineData("Error: not found")]
    [InlineData("{ schema: progressive-delivery/1 }")]
    [InlineData("\"schema\": \"progressive-delivery/1\",\n\"version\": 1\n")]
    [InlineData("http://flags.example.com/a:b")]
    public void OtherTextIsNot(string document) => Documents.Read(document).ShouldBeRefused("PD1001").Message.Should().NotContain("YAML");

    [Theory]
    [InlineData("true", "on", true)]
    [InlineData("false", "off", false)]
    public void TrueOrFalseIsAWholeFlag(string written, string variant, bool value)
    {
        var result = Documents.ReadFlags($"\"f\": {written}");

        result.Diagnostics.Should().BeEmpty();
        result.Flag().Should().BeEquivalentTo(new FlagDefinition
        {
            Key = "f",
            Type = FlagType.Boolean,
            Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
            Default = new VariantOutcome(variant),
        });
        var answer = result.Flag().Open().EvaluateBoolean("f", EvaluationContext.Empty, fallback: !value);
        (answer.Value, answer.Variant, answer.Reason).Should().Be((value, variant, EvaluationReason.Default));
        SnapshotJson.Read(Documents.Write(result.Definition!)).Flag().Should().BeEquivalentTo(result.Flag());
    }

    [Fact]
    public void BooleanFlagMayLeaveItsVariantsOut()
    {
        var whole = Documents.ReadFlags(""" "f": { "type": "boolean", "variants": { "on": true, "off": false }, "offVariant": "off", "rules": [ { "when": { "segment": "s" }, "serve": "on" } ] } """);
        var brief = Documents.ReadFlags(""" "f": { "offVariant": "off", "rules": [ { "when": { "segment": "s" }, "serve": "on" } ], "type": "boolean" } """);

        brief.Diagnostics.Should().BeEmpty();
        brief.Flag().Should().BeEquivalentTo(whole.Flag());
    }

    [Theory]
    [InlineData("string")]
    [InlineData("integer")]
    [InlineData("number")]
    [InlineData("json")]
    public void OtherFlagsMayNot(string type) =>
        Documents.ReadFlags($$""" "f": { "type": "{{type}}" } """).ShouldBeMalformed("PD1101").Message.Should().Contain("'variants' is missing").And.Contain("a boolean flag alone");

    [Fact]
    public void PatchMaySetAWholeFlagShortly() =>
        new PatchReader(new()).Read("""{ "baseVersion": 1, "version": 2, "set": { "flags": { "maintenance": true } } }"""u8.ToArray())
            .Patch!.Flags.Should().ContainSingle().Which.Default.Should().Be(new VariantOutcome("on"));

    private static string? Tokens(ReadOnlySpan<byte> document, JsonReaderOptions options)
    {
        var tokens = new StringBuilder();
        var json = new Utf8JsonReader(document, options);
        try
        {
            while (json.Read())
                tokens.Append(json.TokenType).Append(json.TokenStartIndex).Append(Encoding.UTF8.GetString(json.ValueSpan));
            return tokens.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SnapshotReadResult ReadFile(string document) => SnapshotJson.Read(Encoding.UTF8.GetBytes(document), SnapshotReadModes.File);
}
