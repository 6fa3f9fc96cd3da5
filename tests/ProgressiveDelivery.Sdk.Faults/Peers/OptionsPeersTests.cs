using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ProgressiveDelivery.Sdk.Faults.Peers;

/// <summary>An option that is offered does something: other libraries have some that nothing reads.</summary>
public sealed class OptionsPeersTests : IDisposable
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;

    private readonly PEReader _file = new(File.OpenRead(typeof(IFeatureClient).Assembly.Location));

    public void Dispose() => _file.Dispose();

    [Fact]
    [Scenario("W18")]
    public void W18_EveryOptionIsReadByMoreThanItsValidator()
    {
        var metadata = _file.GetMetadataReader();
        var options = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(type => IsOptions(metadata.GetString(type.Name))).ToList();
        var read = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => !IsNoUser(metadata.GetString(type.Name)))
            .SelectMany(type => type.GetMethods()).SelectMany(Calls).ToHashSet();

        var dead = options.SelectMany(type => type.GetProperties()
            .Select(metadata.GetPropertyDefinition)
            .Where(property => IsPublic(property) && !read.Contains(MetadataTokens.GetToken(property.GetAccessors().Getter)))
            .Select(property => $"{metadata.GetString(type.Name)}.{metadata.GetString(property.Name)}"));

        options.Should().HaveCountGreaterThan(4);
        dead.Should().BeEmpty();
    }

    private static bool IsOptions(string name) => name.EndsWith("Options", StringComparison.Ordinal) || name == "SnapshotLimits";

    // What checks an option, or fills it from configuration, does nothing with it.
    private static bool IsNoUser(string name) => name.Contains("Validat", StringComparison.Ordinal) || name.Contains("BindingExtensions", StringComparison.Ordinal);

    private bool IsPublic(PropertyDefinition property) =>
        (_file.GetMetadataReader().GetMethodDefinition(property.GetAccessors().Getter).Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public;

    private IEnumerable<int> Calls(MethodDefinitionHandle method)
    {
        var address = _file.GetMetadataReader().GetMethodDefinition(method).RelativeVirtualAddress;
        return address == 0 ? [] : Calls(_file.GetMethodBody(address).GetILContent());
    }

    // Every place that may be a call: one that is none names no getter, but for a great chance.
    private static IEnumerable<int> Calls(ImmutableArray<byte> code)
    {
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] is Call or CallVirtual) yield return BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(i + 1, 4));
        }
    }
}
