using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Sources;
using static ProgressiveDelivery.Sdk.Backends.Tests.Flagd.FlagdDocumentText;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

public sealed class FlagdSyncSourceTests : IAsyncLifetime
{
    private static readonly string First = WithTargeting("{}");
    private static readonly string Second = WithTargeting("""{ "var": "color" }""");

    private readonly FakeTimeProvider _time = new();
    private SyncServer _server = null!;

    public async Task InitializeAsync() => _server = await SyncServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task EveryMessageIsAWholeConfiguration()
    {
        using var source = Source();
        _server.Publish(First);

        var first = await ReadAsync(source);
        source.Acknowledge(first);
        _server.Publish(Second);
        var second = await ReadAsync(source);

        Text(first).Should().Be(First);
        Text(second).Should().Be(Second);
    }

    [Fact]
    public async Task RequestSaysWhoAsksForWhat()
    {
        using var source = Source(options =>
        {
            options.ProviderId = "shop";
            options.Selector = "flagSetId=checkout";
            options.Authorization = "Bearer secret";
        });
        _server.Publish(First);
        await ReadAsync(source);

        var (request, headers) = await _server.RequestAsync();

        request.ProviderId.Should().Be("shop");
        request.Selector.Should().Be("flagSetId=checkout");
        headers.GetValue("flagd-selector").Should().Be("flagSetId=checkout");
        headers.GetValue("authorization").Should().Be("Bearer secret");
    }

    [Fact]
    public async Task RequestWithoutSelectorHasNoSuchHeader()
    {
        using var source = Source();
        _server.Publish(First);
        await ReadAsync(source);

        (await _server.RequestAsync()).Headers.Should().NotContain(header => header.Key == "flagd-selector" || header.Key == "authorization");
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated, 401)]
    [InlineData(StatusCode.PermissionDenied, 403)]
    [InlineData(StatusCode.Unimplemented, 404)]
    [InlineData(StatusCode.NotFound, 404)]
    [InlineData(StatusCode.InvalidArgument, 400)]
    public async Task RefusalSaysWhatToCheck(StatusCode code, int status)
    {
        using var source = Source();
        _server.Refusal = new(code, "because");

        var fault = await FluentActions.Awaiting(() => ReadAsync(source)).Should().ThrowAsync<SnapshotSourceException>();

        fault.Which.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = status });
        fault.Which.Message.Should().Contain("because").And.Contain("Check");
    }

    [Fact]
    public async Task ServerInTroubleIsAskedAgain()
    {
        using var source = Source();
        _server.Refusal = new(StatusCode.Unavailable, "busy");
        var fault = await FluentActions.Awaiting(() => ReadAsync(source)).Should().ThrowAsync<SnapshotSourceException>();
        fault.Which.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.Unreachable, HttpStatus = (int?)null });

        _server.Refusal = null;
        _server.Publish(First);

        Text(await ReadAsync(source)).Should().Be(First);
    }

    [Fact]
    public async Task NobodyThereIsAFaultThatNamesTheAddress()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        using var source = Source(options => options.Address = address);

        var fault = await FluentActions.Awaiting(() => ReadAsync(source)).Should().ThrowAsync<SnapshotSourceException>();

        fault.Which.Message.Should().Contain(address.Authority);
        _server = await SyncServer.StartAsync();
    }

    [Fact]
    public async Task StreamThatEndsIsOpenedAgainAndTheConfigurationComesAgain()
    {
        using var source = Source();
        _server.Publish(First);
        source.Acknowledge(await ReadAsync(source));
        _server.End();
        await FluentActions.Awaiting(() => ReadAsync(source)).Should().ThrowAsync<SnapshotSourceException>().WithMessage("*ended its stream*");

        Text(await ReadAsync(source)).Should().Be(First);
    }

    [Fact]
    public async Task SilentConnectionThatLivesConfirmsTheRules()
    {
        using var source = Source();
        _server.Publish(First);
        source.Acknowledge(await ReadAsync(source));

        var silent = ReadAsync(source);
        _time.Advance(TimeSpan.FromSeconds(20));

        (await silent).Should().BeSameAs(SnapshotReading.Current);
    }

    [Fact]
    public async Task ConfigurationThatWasNotAppliedIsNotConfirmed()
    {
        using var source = Source();
        _server.Publish("{}");
        await ReadAsync(source);

        var silent = ReadAsync(source);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        _server.Publish(First);
        Text(await silent).Should().Be(First);
    }

    [Fact]
    public async Task StreamIsReplacedOnceItIsOldWithoutAFault()
    {
        using var source = Source();
        _server.Publish(First);
        source.Acknowledge(await ReadAsync(source));
        await _server.RequestAsync();

        var silent = ReadAsync(source);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await silent).Should().BeSameAs(SnapshotReading.Current);

        Text(await ReadAsync(source)).Should().Be(First);
        (await _server.RequestAsync()).Request.Should().NotBeNull();
    }

    [Fact]
    public async Task ServerThatSendsNothingAtFirstIsAFault()
    {
        using var source = Source();
        var silent = ReadAsync(source);
        await _server.RequestAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        await FluentActions.Awaiting(() => silent).Should().ThrowAsync<SnapshotSourceException>().WithMessage("*8015*");
    }

    [Fact]
    public async Task CancelledReadEndsAtOnceAndTheNextOneBeginsAnew()
    {
        using var source = Source();
        using var canceling = new CancellationTokenSource();
        var read = source.ReadAsync(canceling.Token).AsTask();
        await _server.RequestAsync();
        await canceling.CancelAsync();
        await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>();

        _server.Publish(First);

        Text(await ReadAsync(source)).Should().Be(First);
    }

    [Fact]
    public async Task SyncContextIsPartOfTheConfigurationAndSeenInsteadOfTheCallersAttributes()
    {
        using var source = Source();
        var context = new Struct { Fields = { ["color"] = Value.ForString("a"), ["nested"] = Value.ForList(Value.ForNumber(1), Value.ForBool(true), Value.ForNull()) } };
        _server.Publish(Second, context);

        var serve = Serve(await ReadAsync(source));

        serve.Scope.Given.Should().Be(AttributeValue.Object([new("color", "a"), new("nested", AttributeValue.List(1, true, default))]));
    }

    [Fact]
    public async Task SyncContextIsAskedForWhereItDoesNotComeWithTheConfiguration()
    {
        using var source = Source();
        _server.Metadata = new() { Fields = { ["color"] = Value.ForString("a") } };
        _server.Publish(Second);

        Serve(await ReadAsync(source)).Scope.Given.Members.Length.Should().Be(1);
    }

    [Fact]
    public async Task SyncContextIsNotSeenWhereItIsNotWanted()
    {
        using var source = Source(options => options.UseSyncContext = false);
        _server.Metadata = new() { Fields = { ["color"] = Value.ForString("a") } };
        _server.Publish(Second, _server.Metadata);

        Text(await ReadAsync(source)).Should().Be(Second);
    }

    [Fact]
    public async Task LargeConfigurationsAreTakenUpToTheLimit()
    {
        var large = Second + new string(' ', 5 * 1024 * 1024);
        _server.Publish(large);
        using var enough = Source();
        using var tooLittle = Source(limits: new() { MaxBytes = 1024 * 1024 });

        Text(await ReadAsync(enough)).Should().HaveLength(large.Length);
        await FluentActions.Awaiting(() => ReadAsync(tooLittle)).Should().ThrowAsync<SnapshotSourceException>();
    }

    [Fact]
    public void ContextJoinsAnyObjectAndNothingElse()
    {
        var context = new Struct { Fields = { ["b"] = Value.ForNumber(1.5), ["a"] = Value.ForStruct(new()) } };

        Join(" {\"x\":1}").Should().Be("{\"$syncContext\":{\"a\":{},\"b\":1.5},\"x\":1}");
        Join("{ }").Should().Be("{\"$syncContext\":{\"a\":{},\"b\":1.5} }");
        Join("[]").Should().Be("[]");
        Join("").Should().Be("");

        string Join(string document) => Encoding.UTF8.GetString(SyncContext.Join(document, context));
    }

    private static ExpressionOutcome Serve(SnapshotReading reading) =>
        (ExpressionOutcome)new FlagdFormat().Read(reading.Document!.Value).Definition!.Flags.Single(flag => flag.Key == "flag").Rules[0].Serve;

    private static string Text(SnapshotReading reading) => Encoding.UTF8.GetString(reading.Document!.Value.Span);

    private static async Task<SnapshotReading> ReadAsync(FlagdSyncSource source) => await source.ReadAsync(CancellationToken.None);

    private FlagdSyncSource Source(Action<FlagdSourceOptions>? configure = null, SnapshotLimits? limits = null)
    {
        var options = new FlagdSourceOptions { Address = _server.Address };
        configure?.Invoke(options);
        return new(options, new FlagdFormat(), limits ?? new(), _time);
    }
}
