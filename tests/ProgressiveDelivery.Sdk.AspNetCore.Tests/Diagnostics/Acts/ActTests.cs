using System.Net;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Acts;

/// <summary>Acts by the page, done by the real client.</summary>
public sealed class ActTests
{
    private static readonly (string, string) Reason = ("reason", "INC-1");
    private const string FlagOn = """ "f": {"type": "boolean", "default": "on", "offVariant": "off"} """;

    [Fact]
    public async Task HoldKeepsTheNextSnapshotWaitingUntilItIsReleased()
    {
        await using var app = await ActApp.StartAsync();

        (await app.ActAsync("do=hold", Reason, ("until", "4h"))).Status.Should().Be(HttpStatusCode.SeeOther);
        await app.PublishAsync(2, FlagOn);

        app.Control.State.Should().BeEquivalentTo(new { Version = 1L, Waiting = 2L });
        app.Control.State.Hold.Should().BeEquivalentTo(new { By = ActApp.Operator, Reason = "INC-1", ExpiresAt = (DateTimeOffset?)new DateTimeOffset(2026, 11, 30, 18, 0, 0, TimeSpan.Zero), SurvivesRestart = false });
        var sheet = (await app.GetAsync("act?do=release")).Words;
        sheet.Should().Contain("Release the hold?").And.Contain("This process goes from 1 to 2 at once, and follows the source again.").And.Contain("1 flag is defined otherwise.").And.Contain("Release to 2").And.Contain("Keep holding")
            .And.Contain("You act as oncall-ada, policy on-call. Other instances do not change.");

        var done = await app.ActAsync("do=release", Reason);

        done.Status.Should().Be(HttpStatusCode.SeeOther);
        app.Control.State.Should().BeEquivalentTo(new { Version = 2L, Hold = (SnapshotHold?)null });
        (await app.GetAsync(done.Location!)).Words.Should().Contain("Done.").And.Contain("Version 2 is in force");
    }

    [Fact]
    public async Task HoldIsExtendedAndAFurtherHoldIsNotOffered()
    {
        await using var app = await ActApp.StartAsync();
        await app.ActAsync("do=hold", Reason, ("until", "30m"));

        (await app.GetAsync("act?do=hold")).Words.Should().Contain("Snapshot 1 is held already.");
        (await app.GetAsync("act?do=extend-hold")).Words.Should().Contain("instead of 14:30 UTC");
        (await app.ActAsync("do=extend-hold", ("reason", "still"), ("until", "none"))).Status.Should().Be(HttpStatusCode.SeeOther);

        app.Control.State.Hold.Should().BeEquivalentTo(new { Reason = "still", ExpiresAt = (DateTimeOffset?)null });
    }

    [Fact]
    public async Task StepsGoBackAndForwardAndTheNewestIsFollowed()
    {
        await using var app = await ActApp.StartAsync();
        await app.PublishAsync(2, FlagOn);
        await app.PublishAsync(3, FlagOn);

        await app.ActAsync("do=step-back", Reason, ("until", "1h"));
        await app.ActAsync("do=step-back", Reason, ("until", "1h"));
        app.Control.State.Should().BeEquivalentTo(new { Version = 1L, Waiting = 3L });
        (await app.GetAsync("act?do=step-back")).Words.Should().Contain("The history has no older snapshot.");
        (await app.GetAsync("act?do=step-forward")).Html.Should().Contain("name=\"until\"");

        await app.ActAsync("do=step-forward", Reason, ("until", "1h"));
        app.Control.State.Should().BeEquivalentTo(new { Version = 2L, Hold = new { Version = 2L } });
        (await app.GetAsync("act?do=step-forward")).Html.Should().NotContain("name=\"until\"");

        await app.ActAsync("do=step-forward", Reason);
        app.Control.State.Should().BeEquivalentTo(new { Version = 3L, Hold = (SnapshotHold?)null });
        (await app.GetAsync("act?do=step-forward")).Words.Should().Contain("No newer snapshot has been accepted.");
    }

    [Fact]
    public async Task PinOffersTheHistoryAndPinsOneOfIt()
    {
        await using var app = await ActApp.StartAsync();
        await app.PublishAsync(2, FlagOn);
        await app.PublishAsync(3, FlagOn);

        var choice = await app.GetAsync("act?do=pin");
        choice.Words.Should().Contain("Pin which snapshot?");
        choice.Html.Should().Contain("act?do=pin&amp;version=1").And.NotContain("<form class=\"sheet-part");
        (await app.GetAsync("act?do=pin&version=1")).Words.Should().Contain("Pin 1?").And.Contain("goes from 3 to 1 at once");

        (await app.ActAsync("do=pin&version=1", Reason, ("until", "1d"))).Status.Should().Be(HttpStatusCode.SeeOther);

        app.Control.State.Should().BeEquivalentTo(new { Version = 1L, Hold = new { Version = 1L } });
    }

    [Fact]
    public async Task OverrideServesItsVariantUntilItIsRemoved()
    {
        await using var app = await ActApp.StartAsync(page: options => options.SavedContexts["Belgian"] = new EvaluationContext("user-1") { ["country"] = "BE" });
        var french = new EvaluationContext("user-2") { ["country"] = "FR" };

        (await app.GetAsync("act?do=override&flag=f")).Html.Should().Contain("act?do=override&amp;flag=f&amp;variant=on");
        (await app.GetAsync("act?do=override&flag=f&variant=off")).Words.Should().Contain("Override f?").And.Contain("1 of 1 saved contexts gets another variant:").And.Contain("Belgian user-1fon → off").And.Contain("Counted over the saved contexts only. Others may move too.");
        (await app.GetAsync("act?do=override&flag=f&variant=on")).Words.Should().Contain("None of 1 saved contexts gets another variant.");
        await app.ActAsync("do=override&flag=f&variant=on", Reason, ("until", "30m"));

        app.Client.IsEnabled("f", french).Should().BeTrue();
        app.Control.State.Overrides.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "f", Variant = "on", By = ActApp.Operator, ExpiresAt = (DateTimeOffset?)new DateTimeOffset(2026, 11, 30, 14, 30, 0, TimeSpan.Zero) });
        (await app.GetAsync("act?do=remove-override&flag=f")).Words.Should().Contain("Remove the override of f?");
        await app.ActAsync("do=remove-override&flag=f", Reason);

        app.Client.IsEnabled("f", french).Should().BeFalse();
        (await app.GetAsync("act?do=remove-override&flag=f")).Words.Should().Contain("Flag “f” is not overridden.");
    }

    [Fact]
    public async Task KillServesTheOffVariantWithoutAnEnd()
    {
        await using var app = await ActApp.StartAsync();
        var belgian = new EvaluationContext("user-1") { ["country"] = "BE" };

        var sheet = await app.GetAsync("act?do=kill&flag=f");
        sheet.Words.Should().Contain("Kill f?").And.Contain("Every user of this process gets “off” at once").And.Contain("It has no end of its own.");
        sheet.Html.Should().Contain("name=\"survives\" value=\"yes\" checked").And.NotContain("name=\"until\"");
        var kept = await app.ActAsync("do=kill&flag=f", Reason, ("survives", "yes"));

        kept.Status.Should().Be(HttpStatusCode.SeeOther, "a kill does not wait for a disk");
        (await app.GetAsync(kept.Location!)).Words.Should().Contain("Done, but it will not survive a restart.").And.Contain("KeepLastKnownGoodIn");
        app.Client.EvaluateBoolean("f", belgian).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Override });
        app.Control.State.Overrides.Should().ContainSingle().Which.Should().BeEquivalentTo(new { ExpiresAt = (DateTimeOffset?)null, SurvivesRestart = false });
    }

    [Fact]
    public async Task KillSurvivesARestartByDefault()
    {
        var folder = Directory.CreateTempSubdirectory("acts-").FullName;
        try
        {
            await using (var app = await ActApp.StartAsync(client: client => client.KeepLastKnownGoodIn(folder)))
                (await app.ActAsync("do=kill&flag=f", Reason, ("survives", "yes"))).Status.Should().Be(HttpStatusCode.SeeOther);

            await using var again = await ActApp.StartAsync(client: client => client.KeepLastKnownGoodIn(folder));

            again.Control.State.Overrides.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "f", Variant = "off", SurvivesRestart = true });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task FlagWithoutAnOffVariantIsKilledWithAChosenOne()
    {
        await using var app = await ActApp.StartAsync(""" "f": {"type": "string", "variants": {"a": "1", "b": "2"}, "default": "a"} """);

        (await app.GetAsync("act?do=kill&flag=f")).Words.Should().Contain("Which variant should every user get?");
        (await app.ActAsync("do=kill&flag=f", Reason)).Status.Should().Be(HttpStatusCode.BadRequest);
        (await app.ActAsync("do=kill&flag=f&variant=b", Reason)).Status.Should().Be(HttpStatusCode.SeeOther);

        app.Client.GetString("f", EvaluationContext.Empty, null).Should().Be("2");
    }

    [Fact]
    public async Task GuardIsClearedAndOnlyWhereOneTripped()
    {
        const string guarded = """ "f": {"type": "boolean", "default": "on", "offVariant": "off", "guards": [{"id": "errors", "kind": "error", "variant": "on", "limit": 0.01, "then": "off"}]} """;
        await using var app = await ActApp.StartAsync(guarded);
        (await app.GetAsync("act?do=reset-guards&flag=f")).Words.Should().Contain("No guard of flag “f” has tripped");
        await TripAsync(app);

        (await app.GetAsync("act?do=reset-guards&flag=f")).Words.Should().Contain("Clear the guard?").And.Contain("errors");
        (await app.ActAsync("do=reset-guards&flag=f", Reason)).Status.Should().Be(HttpStatusCode.SeeOther);

        app.Control.State.Trips.Should().BeEmpty();
        app.Control.AuditTrail[0].Should().BeEquivalentTo(new { Kind = ControlActKind.ResetGuards, By = ActApp.Operator, Flag = "f" });
    }

    [Fact]
    public async Task SourceIsAcceptedWhateverItsVersion()
    {
        await using var app = await ActApp.StartAsync();
        await app.PublishAsync(100, FlagOn);
        app.Source.Set(ActApp.Document(7, ActApp.FlagF));

        (await app.GetAsync("act?do=accept-current")).Words.Should().Contain("Accept the current document?").And.Contain("whatever its version");
        (await app.ActAsync("do=accept-current", Reason)).Status.Should().Be(HttpStatusCode.SeeOther);

        await Wait.UntilAsync(() => app.Client.Status.SnapshotVersion == 7);
    }

    private static async Task TripAsync(ActApp app)
    {
        for (var i = 0; i < 2_000 && app.Control.State.Trips.Count == 0; i++)
        {
            var context = new EvaluationContext("user-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var scope = app.Client.BeginScope();
            scope.IsEnabled("f", context);
            scope.ReportOutcome(succeeded: false, TimeSpan.Zero);
            await Task.Yield();
        }

        await Wait.UntilAsync(() => app.Control.State.Trips.Count == 1);
    }
}
