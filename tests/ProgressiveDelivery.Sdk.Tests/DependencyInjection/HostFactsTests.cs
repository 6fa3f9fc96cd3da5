using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>The facts about this process: where they come from, and how the application changes them.</summary>
public sealed class HostFactsTests
{
    private const string Document = """
        {"schema": "progressive-delivery/1", "version": 1, "flags": {
          "f": {"type": "boolean", "variants": {"on": true, "off": false},
                "rules": [ { "when": { "all": [ { "attribute": "host:version", "semver": ">=4.2.0" }, { "attribute": "host:region", "equals": "west-europe" } ] }, "serve": "on" } ], "default": "off" } } }
        """;

    private static readonly Dictionary<string, string?> NoVariables = [];

    [Fact]
    public void FactsAreFoundWithoutAnyVariable()
    {
        var facts = Facts(NoVariables);

        facts.TargetingKey.Should().StartWith(Environment.MachineName + "-");
        facts["instance"].AsString().Should().Be(facts.TargetingKey);
        facts["machine"].AsString().Should().Be(Environment.MachineName);
        facts["startTime"].Kind.Should().Be(AttributeKind.Instant);
        facts.Attributes.Select(attribute => attribute.Name).Should().Equal("instance", "machine", "startTime");
    }

    [Fact]
    public void InstanceIsTheSameForAllClientsOfTheProcess() => Facts(NoVariables).TargetingKey.Should().Be(Facts(NoVariables).TargetingKey);

    [Theory]
    [InlineData("instance", "OTEL_SERVICE_INSTANCE_ID", "WEBSITE_INSTANCE_ID", "HOSTNAME")]
    [InlineData("region", "CLOUD_REGION", "REGION_NAME", "AWS_REGION")]
    [InlineData("zone", "CLOUD_ZONE", "AVAILABILITY_ZONE")]
    public void FirstVariableThatIsSetGivesTheFact(string fact, params string[] variables)
    {
        var set = variables.ToDictionary(name => name, string? (name) => $"of {name}");

        foreach (var name in variables)
        {
            Facts(set)[fact].AsString().Should().Be($"of {name}");
            set[name] = " ";
        }
    }

    [Theory]
    [InlineData("4.2.1+5f3a2c1", "4.2.1")]
    [InlineData("4.2.1-rc.1+5f3a2c1", "4.2.1-rc.1")]
    [InlineData("4.2.1", "4.2.1")]
    public void VersionIsTheApplicationsWithoutItsBuild(string informational, string version)
    {
        var attribute = new CustomAttributeBuilder(typeof(AssemblyInformationalVersionAttribute).GetConstructor([typeof(string)])!, [informational]);
        var application = AssemblyBuilder.DefineDynamicAssembly(new("application"), AssemblyBuilderAccess.Run, [attribute]);

        new HostFacts(application, host: null, _ => null).Context(new())["version"].AsString().Should().Be(version);
    }

    [Fact]
    public void EnvironmentIsTheHosts() =>
        new HostFacts(null, new PlayedEnvironment { EnvironmentName = "Staging" }, _ => null).Context(new())["environment"].AsString().Should().Be("Staging");

    [Fact]
    public void OptionsAddReplaceAndRemoveFacts()
    {
        var options = new HostContextOptions { Facts = { ["ring"] = "inner", ["region"] = "west-europe", ["machine"] = null, ["startTime"] = "", ["instance"] = "pod-7" } };

        var facts = Facts(new() { ["AWS_REGION"] = "eu-west-1", ["HOSTNAME"] = "host" }, options);

        facts.Should().Be(new EvaluationContext("pod-7") { ["instance"] = "pod-7", ["region"] = "west-europe", ["ring"] = "inner" });
    }

    [Theory]
    [InlineData("instance", "", "'instance' is empty")]
    [InlineData("instance", null, "'instance' is empty")]
    [InlineData("targetingKey", "x", "'targetingKey' is no fact")]
    [InlineData(" ", "x", "a fact has no name")]
    public void InvalidFactIsReportedAtTheStart(string name, string? value, string fault)
    {
        using var services = Services(client => client.DescribeHost(host => host.Facts[name] = value));

        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle().Which.Should().Contain($"HostContextOptions: Property Facts: {fault}");
    }

    [Theory]
    [InlineData("west-europe", "4.2.0", true)]
    [InlineData("west-europe", "4.1.0", false)]
    [InlineData("east-us", "4.2.0", false)]
    public async Task RuleSeesTheDescribedHost(string region, string version, bool isOn)
    {
        await using var services = Services(client => client.DescribeHost(host => (host.Facts["region"], host.Facts["version"]) = (region, version)));

        services.GetRequiredService<IFeatureClient>().IsEnabled("f", EvaluationContext.Empty).Should().Be(isOn);
    }

    [Fact]
    public async Task EachClientHasFactsOfItsOwnAndLaterCallsWin()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Host:Facts:version", "4.3.0"), new("Host:Facts:region", "")]).Build().GetSection("Host");
        var registered = new ServiceCollection();
        registered.AddProgressiveDelivery(client => client.FromDocument(Document).DescribeHost(host => host.Facts["region"] = "east-us").DescribeHost(section).DescribeHost(host => host.Facts["region"] = "west-europe"));
        registered.AddProgressiveDelivery("other", client => client.FromDocument(Document).DescribeHost(host => host.Facts["region"] = "west-europe").DescribeHost(section));
        await using var services = registered.BuildServiceProvider();

        services.GetRequiredService<IFeatureClient>().IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        services.GetRequiredKeyedService<IFeatureClient>("other").IsEnabled("f", EvaluationContext.Empty).Should().BeFalse("its region is removed");
    }

    private static EvaluationContext Facts(Dictionary<string, string?> variables, HostContextOptions? options = null) =>
        new HostFacts(application: null, host: null, name => variables.GetValueOrDefault(name)).Context(options ?? new());

    private static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddProgressiveDelivery(client => configure(client.FromDocument(Document)));
        return services.BuildServiceProvider();
    }

    private sealed class PlayedEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
