using System.Globalization;
using System.Reflection;
using ProgressiveDelivery.Sdk.Backends.ConfigCat;
using ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Configuration;

/// <summary>One value among options: its key in configuration, a text for it that is not its default, and how to read what came of it.</summary>
internal sealed record OptionLeaf(string Key, string Text, Func<object, object?> Read, object? Expected)
{
    /// <summary>Finds every value of an options class, by what is public of it.</summary>
    public static IEnumerable<OptionLeaf> Of(Type options) => Of(options, Activator.CreateInstance(options)!, "", root => root);

    public override string ToString() => Key;

    private static IEnumerable<OptionLeaf> Of(Type type, object defaults, string path, Func<object, object?> parent) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && !IsNoData(property))
            .SelectMany(property => Of(property, property.GetValue(defaults), path + property.Name, root => property.GetValue(parent(root))));

    // A configuration to read flags from is an object of the application's, and no value.
    private static bool IsNoData(PropertyInfo property) => property.DeclaringType == typeof(FeatureManagementSourceOptions) && property.Name == nameof(FeatureManagementSourceOptions.Configuration);

    private static IEnumerable<OptionLeaf> Of(PropertyInfo property, object? value, string path, Func<object, object?> read)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string))
            return [new(path, "other text", read, "other text")];
        if (type == typeof(bool))
            return [new(path, $"{value is not true}", read, value is not true)];
        if (type == typeof(int))
            return [new(path, "4321", read, 4321)];
        if (type == typeof(double))
            return [new(path, "0.125", read, 0.125)];
        if (type == typeof(long))
            return [new(path, "1234567", read, 1_234_567L)];
        if (type == typeof(TimeSpan))
            return [new(path, "00:01:02.5", read, new TimeSpan(0, 0, 1, 2, 500))];
        if (type == typeof(Uri))
            return [new(path, "https://other.example.com/path", read, new Uri("https://other.example.com/path"))];
        if (type.IsEnum)
            return [.. Enum.GetValues(type).Cast<object>().Where(choice => !choice.Equals(value)).Take(1).Select(choice => new OptionLeaf(path, Convert.ToString(choice, CultureInfo.InvariantCulture)!, read, choice))];
        if (type == typeof(IDictionary<string, string>))
            return [new($"{path}:name", "text", root => ((IDictionary<string, string>)read(root)!)["name"], "text")];
        if (type == typeof(ISet<int>))
            return [new($"{path}:0", "404", root => ((ISet<int>)read(root)!).Single(), 404)];
        if (type == typeof(IList<Uri>))
            return [new($"{path}:0", "https://other.example.com", root => ((IList<Uri>)read(root)!).Single(), new Uri("https://other.example.com"))];
        if (type == typeof(ISet<string>))
            return [new($"{path}:0", "tag", root => ((ISet<string>)read(root)!).Except((ISet<string>)value!).Single(), "tag")];
        if (type == typeof(ConfigCatOverrides))
            return [new($"{path}:Values:flag", "on", root => $"{((ConfigCatOverrides)read(root)!).Values["flag"]}", "\"on\"")];
        return type.Namespace!.StartsWith("ProgressiveDelivery.Sdk", StringComparison.Ordinal)
            ? Of(type, value ?? Activator.CreateInstance(type)!, $"{path}:", read)
            : throw new NotSupportedException($"Option '{path}' is of type {type}: say here how it is written in configuration.");
    }
}
