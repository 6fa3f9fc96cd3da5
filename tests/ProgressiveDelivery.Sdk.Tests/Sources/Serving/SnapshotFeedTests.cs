using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ClientUnderTest;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Serving;

public sealed class SnapshotFeedTests
{
    private readonly ConcurrentQueue<SnapshotFeedEvent> _events = new();

    [Fact]
    public async Task FeedHasWhatWasAcceptedByteForByteAndInOrder()
    {
        await using var test = new ClientUnderTest();
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);

        await test.PlayAsync(ScriptedSource.Document(Document(1)), Patch(Off(1, 2)), Kill(2, "f", "on"));

        _events.Select(next => (next.Kind, next.Version, Text(next))).Should().Equal(
            (SnapshotFeedKind.Snapshot, 1, Document(1)), (SnapshotFeedKind.Patch, 2, Off(1, 2)), (SnapshotFeedKind.Kill, 2, """{"version":2,"flag":"f","variant":"on"}"""));
        _events.Select(next => next.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task UnsignedPatchesAreServedAsOneDocument()
    {
        await using var test = new ClientUnderTest();
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);
        await test.PlayAsync(ScriptedSource.Document(Document(1)), Patch(Off(1, 2)), Kill(2, "f", "on"), Kill(1, "old", "on"));

        var state = test.Client.Feed.State;

        state.Should().BeEquivalentTo(new { Version = 2L, IsBehind = false, Format = SnapshotJson.Schema, Fault = (string?)null });
        SnapshotJson.Read(state.Document!.Text).Definition!.Should().BeEquivalentTo(new { Version = 2L });
        state.Beginning.Select(next => next.Kind).Should().Equal(SnapshotFeedKind.Snapshot, SnapshotFeedKind.Kill);
        state.Since(1)!.Select(next => next.Kind).Should().Equal(SnapshotFeedKind.Patch, SnapshotFeedKind.Kill);
        state.Since(2)!.Select(next => next.Kind).Should().Equal(SnapshotFeedKind.Kill);
        state.Since(7).Should().BeNull();
        test.Client.Feed.State.Should().BeSameAs(state);
    }

    [Fact]
    public async Task WrittenDocumentIsAcceptedInPlaceOfTheSameRules()
    {
        await using var relay = new ClientUnderTest();
        using var subscription = relay.Client.Feed.Subscribe(_events.Enqueue);
        await relay.PlayAsync(ScriptedSource.Document(Document(1)), Patch(Off(1, 2)));
        var written = Text(relay.Client.Feed.State.Document!);
        await using var reader = new ClientUnderTest();
        await reader.PlayAsync(ScriptedSource.Document(Document(2, on: false)));

        await reader.PlayAsync(ScriptedSource.Document(written));

        written.Should().NotBe(Document(2, on: false));
        reader.Status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 2L });
    }

    [Fact]
    public async Task OtherRulesOfTheSameVersionAreStillRejected()
    {
        await using var reader = new ClientUnderTest();
        await reader.PlayAsync(ScriptedSource.Document(Document(2, on: false)));

        await reader.PlayAsync(ScriptedSource.Document(Document(2, on: true)));

        reader.Status.Cause!.Message.Should().Contain("PD1005");
        reader.IsOn.Should().BeFalse();
    }

    [Fact]
    public async Task SignedPatchesStayWithTheirDocument()
    {
        using var signer = new Signer();
        await using var test = new ClientUnderTest(client => client.TrustKeys(keys => keys.Add(signer.Id, signer.PublicPem)));
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);

        await test.PlayAsync(Signed(signer, Document(1)), _ => new(SnapshotReading.OfPatch(Encoding.UTF8.GetBytes(Off(1, 2)), signature: signer.Sign(Off(1, 2)))));

        var state = test.Client.Feed.State;
        state.Should().BeEquivalentTo(new { Version = 2L, IsBehind = true });
        Text(state.Document!).Should().Be(Document(1));
        state.Document!.Signature.Should().NotBeNull();
        state.Beginning.Select(Text).Should().Equal(Document(1), Off(1, 2));
        state.Beginning.Should().OnlyContain(next => next.Signature != null);
    }

    [Fact]
    public async Task WholeDocumentIsRequestedAtMostOnceAMinuteWhileSignedPatchesFollowIt()
    {
        using var signer = new Signer();
        await using var test = new ClientUnderTest();
        var feed = test.Client.Feed;
        using var subscription = feed.Subscribe(_events.Enqueue);
        await test.PlayAsync(Signed(signer, Document(1)));
        feed.RequestDocument();
        await test.PlayAsync(Patch(Off(1, 2)));
        test.Source.StartsOver.Should().Be(0, "there was nothing to bring together");

        feed.RequestDocument();
        feed.RequestDocument();
        await test.Source.NextReadAsync();
        await test.PlayAsync(Signed(signer, Document(2, on: false)));

        test.Source.StartsOver.Should().Be(1);
        feed.State.IsBehind.Should().BeFalse();
        Text(feed.State.Document!).Should().Be(Document(2, on: false));
        _events.Should().HaveCount(2, "readers had the version already");
    }

    [Fact]
    public async Task HoldDoesNotStopTheFeed()
    {
        await using var test = new ClientUnderTest();
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);
        await test.PlayAsync(ScriptedSource.Document(Document(1)));
        await test.Control.HoldAsync(new ControlAct("kim", "incident"));

        await test.PlayAsync(ScriptedSource.Document(Document(2)));

        test.Status.SnapshotVersion.Should().Be(1);
        test.Client.Feed.State.Version.Should().Be(2);
        _events.Should().HaveCount(2);
    }

    [Fact]
    public async Task RejectedTextsAreNotInIt()
    {
        await using var test = new ClientUnderTest();
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);

        await test.PlayAsync(ScriptedSource.Document(Document(2)), ScriptedSource.Document(Document(1)), ScriptedSource.Document("{"), Patch(Off(1, 2)), Kill(1, "f", ""));

        _events.Should().ContainSingle();
        test.Client.Feed.State.Version.Should().Be(2);
    }

    [Fact]
    public async Task FeedThatBeginsLateRequestsTheWhole()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(ScriptedSource.Document(Document(3)), Kill(3, "f", "off"));

        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);
        test.Client.Feed.State.Beginning.Should().BeEmpty();
        await test.Source.NextReadAsync();
        test.Source.StartsOver.Should().Be(1);
        await test.PlayAsync(ScriptedSource.Document(Document(3)));

        test.Client.Feed.State.Beginning.Select(next => next.Kind).Should().Equal(SnapshotFeedKind.Snapshot, SnapshotFeedKind.Kill);
    }

    [Fact]
    public async Task FeedIsCurrentWhileTheSourceConfirms()
    {
        await using var test = new ClientUnderTest();
        using var subscription = test.Client.Feed.Subscribe(_events.Enqueue);
        test.Client.Feed.IsCurrent.Should().BeFalse();

        await test.PlayAsync(ScriptedSource.Document(Document(1)));
        test.Client.Feed.IsCurrent.Should().BeTrue();
        await test.PlayAsync(Throw(new SnapshotSourceException("Down.")));
        test.Client.Feed.IsCurrent.Should().BeFalse();
        await test.PlayAsync(Current());
        test.Client.Feed.IsCurrent.Should().BeTrue();
    }

    [Fact]
    public async Task RulesInMemoryAreThereBeforeTheStart()
    {
        await using var services = new ServiceCollection()
            .AddProgressiveDelivery("code", flags => flags.FromDocument(Document(4)))
            .AddProgressiveDelivery("bundled", flags => flags.From(_ => new ScriptedSource()).FallBackToDocument(Document(5)))
            .BuildServiceProvider();

        var (code, bundled) = (services.GetRequiredKeyedService<ISnapshotFeed>("code"), services.GetRequiredKeyedService<ISnapshotFeed>("bundled"));
        using var ofCode = code.Subscribe(_events.Enqueue);
        using var ofBundled = bundled.Subscribe(_events.Enqueue);

        Text(code.State.Document!).Should().Be(Document(4));
        code.IsCurrent.Should().BeTrue();
        SnapshotJson.Read(bundled.State.Document!.Text).Definition!.Version.Should().Be(5);
        bundled.IsCurrent.Should().BeFalse();
    }

    [Fact]
    public async Task EndedSubscriptionIsCalledNoMore()
    {
        await using var test = new ClientUnderTest();
        var subscription = test.Client.Feed.Subscribe(_events.Enqueue);
        await test.PlayAsync(ScriptedSource.Document(Document(1)));

        subscription.Dispose();
        await test.PlayAsync(ScriptedSource.Document(Document(2)));

        _events.Should().ContainSingle();
    }

    private static Turn Signed(Signer signer, string document) => _ => new(SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document), signature: signer.Sign(document)));

    private static string Off(long baseVersion, long version) => $$"""
        {"baseVersion": {{baseVersion}}, "version": {{version}}, "set": {"flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "off"} } } }
        """;

    private static string Text(SnapshotFeedEvent next) => Encoding.UTF8.GetString(next.Text.Span);
}
