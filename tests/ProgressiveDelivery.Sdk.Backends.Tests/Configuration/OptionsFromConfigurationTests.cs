using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Configuration;

/// <summary>Every option of every package can be given by configuration, and what is given there and is no option is reported.</summary>
public sealed class OptionsFromConfigurationTests
{
    private static readonly Assembly[] Packages =
        [typeof(IFeatureClient).Assembly, .. SectionMethod.All.Select(method => method.Options.Assembly).Distinct().Where(assembly => assembly != typeof(IFeatureClient).Assembly)];

    public static TheoryData<string> Methods => new(SectionMethod.All.Select(method => method.Name));

    // The others read a part themselves, beside the binder.
    public static TheoryData<string> MethodsThatBindAlone => new(SectionMethod.All.Select(method => method.Name).Except(["FromConfigCat", "FromFeatureManagement"]));

    public static TheoryData<string, string> Options
    {
        get
        {
            var options = new TheoryData<string, string>();
            foreach (var method in SectionMethod.All)
                foreach (var leaf in OptionLeaf.Of(method.Options))
                    options.Add(method.Name, leaf.Key);
            return options;
        }
    }

    [Fact]
    public void EveryPackageIsLookedAt()
    {
        var packages = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Select(Path.GetFileNameWithoutExtension)
            // The first is called, and not registered in a container; the others' options are the application's code.
            .Except(["ProgressiveDelivery.Sdk.Analysis", "ProgressiveDelivery.Sdk.Blazor", "ProgressiveDelivery.Sdk.FeatureManagement"]);

        Packages.Select(package => package.GetName().Name).Should().BeEquivalentTo(packages);
    }

    [Fact]
    public void EveryOptionsClassHasAMethodThatReadsItFromASection()
    {
        // Options of a call, of gates, of hubs, of testers and of mappings hold code, and are given with it; those of the cookie are a part of the request's.
        var classes = Packages.SelectMany(package => package.GetExportedTypes()).Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Except([typeof(ExecutionOptions), typeof(GateOptions), typeof(FeatureHubOptions), typeof(OverrideOptions), typeof(FeatureCachingOptions), typeof(AnonymousIdOptions), typeof(FeatureDiagnosticsOptions), typeof(OfrepOptions), typeof(SnapshotEndpointOptions)]);

        SectionMethod.All.Select(method => method.Options).Distinct().Should().BeEquivalentTo(classes);
    }

    [Fact]
    public void EveryMethodThatTakesASectionIsHere()
    {
        var methods = Packages.SelectMany(package => package.GetExportedTypes()).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => Array.Exists(method.GetParameters(), parameter => parameter.ParameterType == typeof(IConfiguration) && parameter.Name == "section") && method.Name != "BindOnce");

        methods.Select(method => method.Name).Should().BeEquivalentTo(SectionMethod.All.Select(method => method.Name));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void EveryOptionTakesItsValue(string method, string key)
    {
        var (asked, leaf) = Of(method, key);
        using var services = Services(asked, (key, leaf.Text));

        leaf.Read(asked.Read(services)).Should().Be(leaf.Expected);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void MisspeltOptionIsReportedWithTheNearestName(string method, string key)
    {
        var (asked, _) = Of(method, key);
        var segments = key.Split(':');
        var last = Array.FindLastIndex(segments, segment => segment is not ("name" or "0" or "flag"));
        var right = segments[last];
        segments[last] += "x";

        Fault(asked, (string.Join(':', segments), "1")).Failures.Should()
            .ContainSingle(failure => failure.Contains($"{string.Join(':', segments.Take(last + 1))}: it is no option (did you mean '{right}'?). Correct the key, or remove it."));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void PartsWithoutContentAreNoUnknownKeys(string method)
    {
        var asked = SectionMethod.All.Single(one => one.Name == method);
        var parts = OptionLeaf.Of(asked.Options).Select(leaf => leaf.Key.Split(':')).Where(key => key.Length > 1).Select(key => key[0]).Distinct().ToList();

        var failures = Fault(asked, [("Nonsense", "1"), .. parts.Select(key => (key, (string?)null))]).Failures.ToList();

        failures.Should().ContainSingle(failure => failure.Contains("it is no option")).Which.Should().Contain("Section:Nonsense");
        failures.Should().NotContain(failure => failure.Contains("single value"));
    }

    [Theory]
    [MemberData(nameof(MethodsThatBindAlone))]
    public void PartsGivenAsOneValueAreReportedAsSuch(string method)
    {
        var asked = SectionMethod.All.Single(one => one.Name == method);
        var parts = OptionLeaf.Of(asked.Options).Select(leaf => leaf.Key.Split(':')).Where(key => key.Length > 1).Select(key => key[0]).Distinct().ToList();

        var failures = Fault(asked, [("Nonsense", "1"), .. parts.Select(key => (key, (string?)"true"))]).Failures.ToList();

        foreach (var part in parts)
            failures.Should().ContainSingle(failure => failure.Contains($"Section:{part}: it is a single value, and the option is a list or has members"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void EverythingThatIsWrongIsReportedTogether(string method)
    {
        var asked = SectionMethod.All.Single(one => one.Name == method);
        var spans = OptionLeaf.Of(asked.Options).Where(leaf => leaf.Expected is TimeSpan).Select(leaf => leaf.Key).ToList();

        var failures = Fault(asked, [("Nonsense", "secret"), ("Other:Nonsense", "secret"), .. spans.Select(key => (key, (string?)"soon"))]).Failures.ToList();

        failures.Should().ContainSingle(failure => failure.Contains("Section:Nonsense: it is no option. Correct"));
        failures.Should().ContainSingle(failure => failure.Contains("Section:Other: it is no option. Correct"));
        foreach (var key in spans)
            failures.Should().ContainSingle(failure => failure.Contains($"Section:{key}: Failed to convert configuration value 'soon'"));
        failures.Should().NotContain(failure => failure.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OptionsAreReadOnce()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Path"] = "flags.json" }).Build();
        await using var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(flags => flags.FromFile(configuration)).BuildServiceProvider();
        var options = services.GetRequiredService<IOptionsMonitor<ProgressiveDelivery.Sdk.Sources.Files.FileSourceOptions>>();
        options.CurrentValue.Path.Should().Be("flags.json");

        configuration["Path"] = "";
        configuration["Nonsense"] = "1";
        configuration.Reload();

        options.CurrentValue.Path.Should().Be("flags.json");
    }

    private static (SectionMethod Method, OptionLeaf Leaf) Of(string method, string key)
    {
        var asked = SectionMethod.All.Single(one => one.Name == method);
        return (asked, OptionLeaf.Of(asked.Options).Single(leaf => leaf.Key == key));
    }

    private static OptionsValidationException Fault(SectionMethod method, params (string Key, string? Text)[] values)
    {
        var make = () =>
        {
            using var services = Services(method, values);
            method.Start(services);
        };
        return make.Should().Throw<OptionsValidationException>().Which;
    }

    private static ServiceProvider Services(SectionMethod method, params (string Key, string? Text)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Section:{value.Key}", value.Text))).Build();
        var services = new ServiceCollection().AddLogging();
        method.Call(services, configuration.GetSection("Section"));
        return services.BuildServiceProvider();
    }
}
