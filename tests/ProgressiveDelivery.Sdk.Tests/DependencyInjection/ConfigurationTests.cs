using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Sources.Streaming;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

public sealed class ConfigurationTests
{
    [Fact]
    public void ClientOptionsAreBound()
    {
        var options = Bound<ProgressiveDeliveryOptions>(
            (client, section) => client.Configure(section),
            ("InitializationTimeout", "00:00:03"), ("FailFast", "true"), ("ThrowOnUnknownFlag", "true"), ("MaxQuarantinedShare", "0.5"), ("MaxStaleness", "00:05:00"), ("Limits:MaxFlags", "7"));

        options.Should().BeEquivalentTo(new
        {
            InitializationTimeout = TimeSpan.FromSeconds(3),
            FailFast = true,
            ThrowOnUnknownFlag = true,
            MaxQuarantinedShare = 0.5,
            MaxStaleness = TimeSpan.FromMinutes(5),
        });
        options.Limits.MaxFlags.Should().Be(7);
    }

    [Fact]
    public void HttpOptionsAreBound()
    {
        var options = Bound<HttpSourceOptions>(
            (client, section) => client.FromHttp(section),
            ("Address", "https://flags.example.com/snapshot"), ("PollingInterval", "00:01:00"), ("Headers:X-Env", "test"), ("AttemptTimeout", "00:00:03"));

        options.Address.Should().Be(new Uri("https://flags.example.com/snapshot"));
        options.PollingInterval.Should().Be(TimeSpan.FromMinutes(1));
        options.Headers.Should().Contain("X-Env", "test");
        options.AttemptTimeout.Should().Be(TimeSpan.FromSeconds(3));
        options.HttpClientName.Should().Be("ProgressiveDelivery.Sdk:bound");
    }

    [Fact]
    public void FileOptionsAreBound()
    {
        var options = Bound<FileSourceOptions>((client, section) => client.FromFile(section), ("Path", "flags.json"), ("PollingInterval", "00:00:01"));

        options.Should().BeEquivalentTo(new { Path = "flags.json", PollingInterval = TimeSpan.FromSeconds(1) });
    }

    [Fact]
    public void TrustedKeysAreBound()
    {
        using var signer = new Signer();

        var options = Bound<SignatureOptions>((client, section) => client.TrustKeys(section), ("Keys:2026-a", signer.PublicPem), ("Keys:2026-b", signer.PublicBase64));

        options.Keys.Should().BeEquivalentTo(new Dictionary<string, string> { ["2026-a"] = signer.PublicPem, ["2026-b"] = signer.PublicBase64 });
    }

    [Fact]
    public void EveryOptionIsBoundWhoeverAddsOne()
    {
        EveryOneIsBound<ProgressiveDeliveryOptions>((client, section) => client.Configure(section), options => options);
        EveryOneIsBound<ProgressiveDeliveryOptions>((client, section) => client.Configure(section), options => options.Limits, "Limits:");
        EveryOneIsBound<HttpSourceOptions>((client, section) => client.FromHttp(section), options => options);
        EveryOneIsBound<StreamSourceOptions>((client, section) => client.FromEventStream(section), options => options);
        EveryOneIsBound<FileSourceOptions>((client, section) => client.FromFile(section), options => options);
    }

    [Fact]
    public void SectionOfOneClientConfiguresNoOther()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["One:MaxStaleness"] = "00:05:00", ["Other:MaxQuarantinedShare"] = "0.5" })
            .Build();
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery("one", client => client.Configure(configuration.GetSection("One")))
            .AddProgressiveDelivery("other", client => client.Configure(configuration.GetSection("Other")))
            .BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<ProgressiveDeliveryOptions>>();
        var (one, other, defaults) = (options.Get("one"), options.Get("other"), new ProgressiveDeliveryOptions());

        (one.MaxStaleness, one.MaxQuarantinedShare).Should().Be(((TimeSpan?)TimeSpan.FromMinutes(5), defaults.MaxQuarantinedShare));
        (other.MaxStaleness, other.MaxQuarantinedShare).Should().Be((defaults.MaxStaleness, 0.5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SectionOfOtherOptionsMayLieInAnother(bool isInnerFirst)
    {
        var configuration = Configuration(("Flags:MaxStaleness", "00:05:00"), ("Flags:Http:Address", "https://flags.example.com/snapshot"), ("Flags:More:Health:DegradedAfter", "00:01:00"), ("flags:failover:DemoteAfter", "00:03:00"));
        var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(client => _ = isInnerFirst
            ? client.FromHttp(configuration.GetSection("Flags:Http")).Failover(configuration.GetSection("Flags:Failover")).Configure(configuration.GetSection("Flags"))
            : client.Configure(configuration.GetSection("Flags")).Failover(configuration.GetSection("Flags:Failover")).FromHttp(configuration.GetSection("Flags:Http")));
        services.AddHealthChecks().AddProgressiveDelivery(configuration.GetSection("Flags:More:Health"));
        using var provider = services.BuildServiceProvider();

        provider.Invoking(container => container.GetRequiredService<IFeatureClient>()).Should().NotThrow();

        var options = provider.GetRequiredService<IOptionsMonitor<ProgressiveDeliveryOptions>>().CurrentValue;
        options.MaxStaleness.Should().Be(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void KeyBesideTheSectionOfOtherOptionsIsStillUnknown() =>
        Failures((client, root) => client.FromHttp(root.GetSection("Flags:Sources:Http")).Configure(root.GetSection("Flags")), ("Flags:Sources:Http:Address", "https://flags.example.com/snapshot"), ("Flags:Sources:Htp:Address", "https://flags.example.com/other"), ("Flags:Token", "1"))
            .Should().BeEquivalentTo(
                "Client 'default': ProgressiveDeliveryOptions: Property Flags:Sources:Htp: it is no option. Correct the key, or remove it.",
                "Client 'default': ProgressiveDeliveryOptions: Property Flags:Token: it is no option. Correct the key, or remove it.");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void PartsWithoutContentAreNone(string? nothing) =>
        Failures((client, root) => client.FromHttp(root.GetSection("Http")).Configure(root.GetSection("Flags")), ("Http:Address", "https://flags.example.com/snapshot"), ("Http:Headers", nothing), ("Http:StopOnStatus", nothing), ("Flags:Limits", nothing))
            .Should().BeEmpty("an empty object, an empty list and null arrive so from JSON");

    [Fact]
    public void PartsGivenAsOneValueAreReportedAsSuch() =>
        Failures((client, root) => client.FromHttp(root.GetSection("Http")).Configure(root.GetSection("Flags")), ("Http:Address", "https://flags.example.com/snapshot"), ("Http:Headers", "X-A: b"), ("Http:StopOnStatus", "404"), ("Flags:Limits", "5"))
            .Should().HaveCount(3).And.AllSatisfy(failure => failure.Should().EndWith("it is a single value, and the option is a list or has members. Give a list, or an object with its members."));

    private static List<string> Failures(Action<ProgressiveDeliveryBuilder, IConfiguration> build, params (string Key, string? Value)[] values)
    {
        var configuration = Configuration(values);
        using var provider = new ServiceCollection().AddLogging().AddProgressiveDelivery(client => build(client, configuration)).BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IFeatureClient>();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
    }

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build();

    private static void EveryOneIsBound<TOptions>(Action<ProgressiveDeliveryBuilder, IConfiguration> bind, Func<TOptions, object> part, string prefix = "")
        where TOptions : class
    {
        (string Key, string Value)[] required = [("Address", "https://flags.example.com/"), ("Path", "flags.json")];
        var values = part(Bound<TOptions>(bind, [.. required.Where(value => typeof(TOptions).GetProperty(value.Key) is not null)])).GetType().GetProperties()
            .Where(property => property.CanWrite)
            .ToDictionary(property => property, property => SomeValue(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        var bound = part(Bound<TOptions>(bind, [.. values.Select(value => (prefix + value.Key.Name, value.Value))]));

        values.Should().NotBeEmpty();
        foreach (var (property, value) in values)
            Convert.ToString(property.GetValue(bound), CultureInfo.InvariantCulture).Should().Be(value, "{0} is bound", property.Name);
    }

    // None of them a default, each of them within every range.
    private static string SomeValue(Type type) =>
        type == typeof(TimeSpan) ? "00:07:00" : type == typeof(bool) ? "True" : type == typeof(double) ? "0.75" : type == typeof(int) ? "77" : "https://other.example/";

    private static TOptions Bound<TOptions>(Action<ProgressiveDeliveryBuilder, IConfiguration> bind, params (string Key, string Value)[] values)
        where TOptions : class
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Flags:{value.Key}", (string?)value.Value)))
            .Build();
        using var provider = new ServiceCollection()
            .AddProgressiveDelivery("bound", client => bind(client, configuration.GetSection("Flags")))
            .BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get("bound");
    }
}
