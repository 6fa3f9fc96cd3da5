using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

namespace ProgressiveDelivery.Sdk.Backends.Tests.MicrosoftFeatureManagement.Differential;

/// <summary>Answers by configuration what Microsoft.FeatureManagement answers: whether a flag is on, which variant is served, its value; and errs where it throws.</summary>
public sealed class DifferentialTests
{
    private const int Runs = 25;
    private const int ConfigurationsARun = 100;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string? User, string[]? Groups)[] Contexts =
        [(null, null), ("Adam", null), ("Britney", ["g"]), ("u1", ["h", "g"]), ("u2", []), ("u3", ["x", "G"]), ("", ["g", "x"])];

    public static TheoryData<int, string> Seeds
    {
        get
        {
            var seeds = new TheoryData<int, string>();
            for (var seed = 1; seed <= Runs; seed++)
                seeds.Add(seed, (seed % 5) switch { 0 => "environment", 1 or 2 => "memory", _ => "json" });
            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnswersAreThoseOfMicrosoftsLibrary(int seed, string provider)
    {
        var (generator, shaker) = (new FlagGenerator(seed), new Random(seed));
        for (var i = 0; i < ConfigurationsARun; i++)
        {
            var document = generator.Configuration();
            using var source = new ConfigurationInput(provider, document, shaker);
            await CompareAsync(source.Root, flagsAtRoot: shaker.Next(2) == 0, $"configuration {i} of seed {seed}: {document.ToJsonString()} {source.Extra}");
        }
    }

    /// <summary>Each of a flag's members, wrong.</summary>
    public static TheoryData<string> Shapes => new(FlagShapes.All);

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task ShapesAreReadAsMicrosoftsLibraryReadsThem(string shape)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(shape));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();

        await CompareAsync(configuration, flagsAtRoot: true, shape);
    }

    private static async Task CompareAsync(IConfiguration configuration, bool flagsAtRoot, string what)
    {
        var microsoft = Answer.Microsoft(configuration, flagsAtRoot);
        var document = ConfigurationDocument.Of(configuration, flagsAtRoot);
        var (definition, _) = new FeatureManagementFormat().Read(document);
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
            .AddProgressiveDelivery(client => client.FromSnapshot(definition! with { Version = 1 }).Configure(options => options.MaxQuarantinedShare = 1)).BuildServiceProvider();
        var features = services.GetRequiredService<IFeatureClient>();
        (await features.WaitUntilReadyAsync()).State.Should().Be(FeatureClientState.Ready, what);

        List<string> differences = [];
        foreach (var key in definition!.Flags.Select(flag => flag.Key).Where(key => !key.Contains(':', StringComparison.Ordinal)))
        {
            foreach (var (user, groups) in Contexts)
            {
                var theirs = await Answer.OfMicrosoftAsync(microsoft, key, user, groups);
                var ours = Ours(features, key, user, groups);
                if (ours with { Error = null } != theirs with { Error = null } || ours.Error is null != theirs.Error is null)
                    differences.Add($"flag '{key}', user '{user}', groups [{string.Join(", ", groups ?? [])}]: theirs {theirs}, ours {ours}");
            }
        }

        differences.Should().BeEmpty(what);
    }

    private static Answer Ours(IFeatureClient features, string key, string? user, string[]? groups)
    {
        var context = new EvaluationContext(user);
        if (groups is not null)
            context = context.With("groups", AttributeValue.List([.. groups.Select(group => (AttributeValue)group)]));
        var evaluation = features.GetFeatureManagementEvaluation(key, context);
        if (evaluation.Error is { } error)
            return new(false, null, null, error);
        evaluation.Enabled.Should().Be(features.IsEnabled(key, context));
        var text = features.EvaluateString(key, context, null);
        return new(evaluation.Enabled, evaluation.Variant, text.Value is { } value ? $"'{value}'" : ConfigurationText.Of(evaluation.ConfigurationValue), null);
    }
}
