using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.Conformance;
using ProgressiveDelivery.Sdk.Fuzz.Backends;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Fuzz;

/// <summary>Documents to break: small ones of the corpus, and those of public test suites where they are there, in pieces of a few flags.</summary>
internal static class PublicDocuments
{
    private const int FlagsPerPiece = 5;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<byte[]> OfCorpus(BackendFormat format) =>
        Directory.GetFiles(Repository.PathOf("tests", "ProgressiveDelivery.Sdk.Fuzz", "corpus", format.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public static IEnumerable<byte[]> OfSuites(BackendFormat format) => format.Folders
        .SelectMany(folder => ConformanceFolder.Suites(folder).Select(suite => Path.Combine(ConformanceFolder.Path, folder, $"{suite}.json")))
        .SelectMany(file => JsonNode.Parse(File.ReadAllBytes(file))!["snapshots"]!.AsObject().Select(snapshot => snapshot.Value).OfType<JsonObject>())
        .SelectMany(snapshot => Pieces(snapshot, format.Places[0]))
        .Select(piece => JsonSerializer.SerializeToUtf8Bytes(piece, Relaxed));

    private static IEnumerable<JsonObject> Pieces(JsonObject document, ItemPlace place)
    {
        var path = place.Path.Split('/');
        for (var from = 0; from == 0 || from < CountOf(At(document, path)); from += FlagsPerPiece)
        {
            var piece = document.DeepClone().AsObject();
            Keep(At(piece, path), from, from + FlagsPerPiece);
            yield return piece;
        }
    }

    private static JsonNode? At(JsonNode document, string[] path) => path.Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]);

    private static int CountOf(JsonNode? items) => items is JsonArray list ? list.Count : (items as JsonObject)?.Count ?? 0;

    private static void Keep(JsonNode? items, int from, int to)
    {
        for (var i = CountOf(items) - 1; i >= 0; i--)
        {
            if (i >= from && i < to)
                continue;
            if (items is JsonArray list)
                list.RemoveAt(i);
            else
                items!.AsObject().RemoveAt(i);
        }
    }
}
