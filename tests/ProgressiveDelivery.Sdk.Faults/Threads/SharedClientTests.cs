using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Faults.Threads;

/// <summary>One client, asked by everybody at once while its rules change.</summary>
public sealed class SharedClientTests : FaultScenario
{
    private const int Threads = 64;
    private const int Updates = 2_000;

    private const string ForStaff = """
        "beta": {"type": "boolean", "variants": {"on": true, "off": false},
                 "rules": [{"when": {"attribute": "team", "equals": "staff"}, "serve": "on"}], "default": "off"},
        """;

    [Fact]
    [Scenario("T4")]
    public async Task T04_ReadersNeverSeeTwoVersionsMixedWhileRulesChange()
    {
        var source = new PlayedSource().Then(AgreementReader.Document(1));
        var subject = Client(flags => flags.From(_ => source)).Start();
        await subject.VersionAsync(1);
        var readers = Enumerable.Range(0, Threads).Select(_ => AgreementReader.Start(subject.Client, lastVersion: Updates)).ToList();

        for (var version = 2; version <= Updates; version++) source.Then(AgreementReader.Document(version));
        await subject.VersionAsync(Updates);

        readers.SelectMany(reader => reader.Join()).Should().BeEmpty();
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("T5")]
    public async Task T05_ManyUsersOfOneClientEachGetTheirOwnAnswer()
    {
        var users = Enumerable.Range(0, Threads).Select(i => $"user-{i}").ToList();
        var subject = Client(flags => flags.FromDocument(Document.Of(1, flags: Greeting(users))));
        await subject.Client.WaitUntilReadyAsync();

        var wrong = 0;
        Parallel.ForEach(users, new ParallelOptions { MaxDegreeOfParallelism = Threads }, user =>
        {
            var context = new EvaluationContext(user) { ["name"] = user };
            for (var i = 0; i < 5_000; i++)
            {
                if (subject.Client.GetString("greeting", context, "") != $"Hello {user}") Interlocked.Increment(ref wrong);
            }
        });

        wrong.Should().Be(0);
    }

    [Fact]
    [Scenario("T6")]
    public async Task T06_RequestKeepsItsVersionAndAnswersEachContextForItself()
    {
        var source = new PlayedSource().Then(Document.Of(1, flags: ForStaff));
        var subject = Client(flags => flags.From(_ => source)).Start();
        await subject.VersionAsync(1);
        EvaluationContext staff = new("u-1") { ["team"] = "staff" }, guest = new("u-2") { ["team"] = "none" };

        using var request = subject.Services.CreateScope();
        var features = request.ServiceProvider.GetRequiredService<IFeatureSnapshot>();
        (features.IsEnabled("beta", staff), features.IsEnabled("beta", guest)).Should().Be((true, false));
        source.Then(Document.Of(2));
        await subject.VersionAsync(2);

        (features.IsEnabled("beta", staff), features.IsEnabled("beta", guest)).Should().Be((true, false));
        request.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Should().BeSameAs(features);
        using var next = subject.Services.CreateScope();
        next.ServiceProvider.GetRequiredService<IFeatureSnapshot>().EvaluateBoolean("beta", staff).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    private static string Greeting(IReadOnlyList<string> users) => $$"""
        "greeting": {"type": "string", "variants": { {{string.Join(", ", users.Select(user => $"\"{user}\": \"Hello {user}\""))}} },
                     "rules": [ {{string.Join(", ", users.Select(Rule))}} ]},
        """;

    private static string Rule(string user) => $$"""
        {"when": {"attribute": "name", "equals": "{{user}}"}, "serve": "{{user}}"}
        """;
}
