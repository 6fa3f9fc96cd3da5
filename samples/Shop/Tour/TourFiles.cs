using System.Text.Json.Nodes;

namespace Shop.Tour;

/// <summary>A folder for one tour, with flags of its own to change.</summary>
internal sealed class TourFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-");
    private int _version = 1;

    public TourFiles(string flags)
    {
        Flags = Path.Combine(_folder.FullName, "flags.json");
        File.Copy(flags, Flags);
    }

    /// <summary>The file with the flags.</summary>
    public string Flags { get; }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Changes a flag, as a person with an editor does.</summary>
    /// <returns>The version of the file.</returns>
    public int Change(string flag, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(File.ReadAllText(Flags))!;
        change(document["flags"]![flag]!.AsObject());
        document["version"] = ++_version;
        var written = Flags + ".new";
        File.WriteAllText(written, document.ToJsonString());
        File.Move(written, Flags, overwrite: true);
        return _version;
    }
}
