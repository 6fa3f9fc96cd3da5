using System.Buffers;
using BackendSwitch;
using ProgressiveDelivery.Sdk.Json;

// Moves flags from another backend to the SDK's own format, as far as they go, and shows that both give the same answers:
// dotnet run --project samples/BackendSwitch [-- <backend> <document> [<output>]]
const int contexts = 1_000;
var name = args.Length > 0 ? args[0] : "unleash";
var path = args.Length > 1 ? args[1] : Path.Combine(AppContext.BaseDirectory, "unleash.json");
if (Backends.Find(name) is not { } format)
{
    await Console.Error.WriteLineAsync($"Backend '{name}' is not known. Give one of: {Backends.Names}.");
    return 2;
}

var document = await File.ReadAllBytesAsync(path);
var read = format.Read(document);
foreach (var diagnostic in read.Diagnostics)
    Console.WriteLine($"  {diagnostic}");
if (read.Definition is not { } definition)
    return 1;

var (said, notes) = SnapshotJson.ConvertToNative(definition, version: 1);
if (said is null)
{
    Console.WriteLine(notes[^1]);
    return 1;
}

var written = new ArrayBufferWriter<byte>();
SnapshotJson.Write(said, written);
Console.WriteLine($"{said.Flags.Count} of {definition.Flags.Count} flags of {name} are said in our own format ({written.WrittenCount} bytes).\n");
if (args.Length > 2)
    await File.WriteAllBytesAsync(args[2], written.WrittenMemory);

await using var comparison = new Comparison(document, format, written.WrittenMemory);
var agree = true;
foreach (var flag in said.Flags)
{
    var (same, asked) = await comparison.AskAsync(flag, contexts);
    agree &= same == asked;
    Console.WriteLine($"  {(same == asked ? "✓" : "✗")} {flag.Key}: {same} of {asked} contexts are answered alike");
}

Console.WriteLine(notes.Count > 0 ? "\nTo look at:\n" : "");
foreach (var note in notes)
    Console.WriteLine($"  {note}");
return agree ? 0 : 1;
