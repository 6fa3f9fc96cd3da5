using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Payload;

/// <summary>P1, P2, P6, P7 and P16: documents and events that are refused as a whole.</summary>
public sealed class RefusedDocumentTests : FaultScenario
{
    private const string Malformed = "{\"schema\": \"progressive-delivery/1\", \"version\": 2, \"flags\": {\"f\": tru} }";

    public static TheoryData<string> WrongSchemas =>
    [
        "[]", "null", "\"flags\"", "42", "{\"flags\": {}}", "{\"error\": \"no such environment\"}",
        "{\"schema\": \"progressive-delivery/1\", \"version\": 2, \"flags\": []}",
        "{\"schema\": \"progressive-delivery/1\", \"version\": \"two\", \"flags\": {}}",
        "{\"schema\": \"progressive-delivery/1\", \"version\": -2, \"flags\": {}}",
        "{\"schema\": 1, \"version\": 2, \"flags\": {}}",
    ];

    [Fact]
    [Scenario("P1")]
    public async Task P01_MalformedDocumentIsDroppedAndTheLastGoodOneKept()
    {
        var fault = await RefusalAsync(Encoding.UTF8.GetBytes(Malformed));

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
        fault.Message.Should().Contain("PD1001");
    }

    [Theory]
    [Scenario("P1")]
    [InlineData("snapshot", Malformed)]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"set\": {\"flags\": {\"f\": ")]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"remove\": {\"flags\": [\"f\" ")]
    [InlineData("kill", "{\"version\": 2, \"flag\": \"f\", \"variant\": ")]
    [InlineData("snapshot", "")]
    [InlineData("patch", "not JSON")]
    public async Task P01_MalformedEventIsDroppedAndTheStreamOpenedAnew(string type, string data) => await DropsAsync(type, data);

    [Theory]
    [Scenario("P2")]
    [MemberData(nameof(WrongSchemas))]
    public async Task P02_DocumentOfAnotherFormIsDroppedAndTheLastGoodOneKept(string document)
    {
        var fault = await RefusalAsync(Encoding.UTF8.GetBytes(document));

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Theory]
    [Scenario("P2")]
    [InlineData("snapshot", "[]")]
    [InlineData("snapshot", "{\"flags\": {}}")]
    [InlineData("patch", "{}")]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"set\": []}")]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"set\": {\"flags\": 1}}")]
    [InlineData("patch", "{\"baseVersion\": 1, \"version\": 2, \"remove\": {\"flags\": {}}}")]
    [InlineData("patch", "{\"baseVersion\": \"1\", \"version\": 2}")]
    [InlineData("patch", "{\"baseVersion\": 2, \"version\": 1}")]
    [InlineData("kill", "{\"version\": 2}")]
    [InlineData("kill", "[]")]
    public async Task P02_EventOfAnotherFormIsDroppedAndTheStreamOpenedAnew(string type, string data) => await DropsAsync(type, data);

    [Theory]
    [Scenario("P6")]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("{}")]
    [InlineData("{\"schema\": \"progressive-delivery/1\", \"version\": 2}")]
    [InlineData("{\"schema\": \"progressive-delivery/1\", \"version\": 2, \"flags\": null}")]
    public async Task P06_EmptyAnswerIsNotASnapshotWithoutFlags(string document)
    {
        var fault = await RefusalAsync(Encoding.UTF8.GetBytes(document));

        fault.Kind.Should().Be(FeatureClientFaultKind.InvalidSnapshot);
    }

    [Fact]
    [Scenario("P6")]
    public async Task P06_SnapshotThatSaysItHasNoFlagsIsOne()
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(Reply.Ok("{\"schema\": \"progressive-delivery/1\", \"version\": 2, \"flags\": {}}"));
        var subject = Poll();

        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        subject.Client.EvaluateBoolean("f", Bait.Context).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    [Scenario("P7")]
    public async Task P07_OlderDocumentAfterANewerOneIsRefused()
    {
        Server.Then(Reply.Ok(Document.Of(7))).Otherwise(Reply.Ok(Document.Of(6, on: false)));
        var subject = Poll();
        await subject.VersionAsync(7);

        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null);
        var fault = subject.Status.Cause!;
        Server.Otherwise(Reply.Ok(Document.Of(8)));
        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 8, State: FeatureClientState.Ready });

        fault.Message.Should().Contain("PD1005");
        subject.IsOn.Should().BeTrue();
    }

    [Fact]
    [Scenario("P7")]
    public async Task P07_EventsThatArriveOutOfOrderNeverTurnTheRulesBack()
    {
        Server.Then(new EventFeed()
                .Event("snapshot", Document.Of(1).OneLine()).Event("patch", Document.Patch(1, 2)).Event("patch", Document.Patch(2, 3))
                .Event("patch", Document.Patch(1, 2, on: false)).Reply())
            .Then(new EventFeed().Event("snapshot", Document.Of(2, on: false).OneLine()).Reply())
            .Then(new EventFeed().Event("snapshot", Document.Of(4).OneLine()).Reply());
        var subject = Follow();

        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 4, State: FeatureClientState.Ready });

        subject.IsOn.Should().BeTrue();
        Server.Served.Should().Be(3);
    }

    [Theory]
    [Scenario("P16")]
    [InlineData("progressive-delivery/2")]
    [InlineData("progressive-delivery/10")]
    [InlineData("progressive-delivery/2.1")]
    public async Task P16_NewerMajorOfTheSchemaIsRefusedAndSaysSo(string schema)
    {
        var fault = await RefusalAsync(Encoding.UTF8.GetBytes(Document.Of(2).Replace("progressive-delivery/1", schema, StringComparison.Ordinal)));

        fault.Message.Should().Contain("PD1002").And.Contain(schema);
    }

    [Fact]
    [Scenario("P16")]
    public async Task P16_NewerMinorOfTheSchemaIsRead()
    {
        Server.Otherwise(Reply.Ok(Document.Of(1, more: "\"novelty\": {\"since\": 1.7},").Replace("progressive-delivery/1", "progressive-delivery/1.7", StringComparison.Ordinal)));

        var subject = Poll();
        await subject.StateAsync(FeatureClientState.Ready);

        await subject.WarnedAsync(1);
        subject.Warnings.Should().ContainSingle("its new member is one warning").Which.Message.Should().Contain("PD1144").And.Contain("$.novelty");
    }

    /// <summary>Polls a good document, then the given one ten times, then a good one again; tells what was said of it.</summary>
    private async Task<FeatureClientFault> RefusalAsync(byte[] document)
    {
        Server.Then(Reply.Ok(Document.Of(1), "ETag: \"1\"")).Otherwise(Reply.Ok(document, "ETag: \"bad\""));
        var subject = Poll();
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => Server.Served > 10 && subject.Status.Cause is not null);
        var (state, version, fault) = (subject.Status.State, subject.Status.SnapshotVersion, subject.Status.Cause!);
        Server.Otherwise(Reply.Ok(Document.Of(3), "ETag: \"3\""));
        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 3, State: FeatureClientState.Ready });

        (state, version).Should().Be((FeatureClientState.Failed, 1));
        for (var i = 0; i < 10; i++) (await Server.RequestAsync())["If-None-Match"].Should().NotBe("\"bad\"", "what was refused is not acknowledged");
        return fault;
    }

    /// <summary>Streams a good snapshot and the given event, then a good one again.</summary>
    private async Task DropsAsync(string type, string data)
    {
        var first = new EventFeed().Event("snapshot", Document.Of(1).OneLine(), "1").Event(type, data, "bad");
        Server.Then(first.Reply()).Then(new EventFeed().Event("snapshot", Document.Of(3).OneLine(), "3").Reply());
        var subject = Follow();
        await subject.VersionAsync(1);

        await subject.StateAsync(FeatureClientState.Failed);
        var version = subject.Status.SnapshotVersion;
        await Clock.SkipPausesUntilAsync(() => subject.Status is { SnapshotVersion: 3, State: FeatureClientState.Ready });

        version.Should().Be(1);
        await first.HungUp;
        await Server.RequestAsync();
        (await Server.RequestAsync())["Last-Event-ID"].Should().BeNull("the whole is asked for");
    }
}
