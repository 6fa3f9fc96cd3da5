namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>
/// The saved contexts of one mapping: those of its options, and those that its users saved, in the memory of this process. At most 100: the oldest one saved gives way. Safe to use from any thread.
/// </summary>
internal sealed class SavedContexts
{
    public const int MaxContexts = 100;
    public const int MaxNameLength = 100;

    private readonly SavedContext[] _given;
    private readonly object _turn = new();
    private volatile SavedContext[] _saved = [];

    public SavedContexts(FeatureDiagnosticsOptions options) =>
        _given = [.. options.SavedContexts.Take(MaxContexts).Select(entry => new SavedContext(entry.Key, PrivateNames.Mark(entry.Value, options.PrivateAttributes)))];

    /// <summary>All of them: those of the options, then those saved, the newest last.</summary>
    public IReadOnlyList<SavedContext> All => [.. _given, .. _saved];

    public SavedContext? Find(string? name) => name is null ? null : Array.Find(_given, context => context.Name == name) ?? Array.Find(_saved, context => context.Name == name);

    /// <summary>Saves a context, in place of one saved with that name before. Returns why that is impossible, or null.</summary>
    /// <param name="name">The name.</param>
    /// <param name="context">The context, with its private attributes marked.</param>
    public string? Save(string name, EvaluationContext context)
    {
        if (name.Length == 0)
            return "Give the context a name to save it under.";
        if (name.Length > MaxNameLength)
            return $"The name has {Numbers.Count(name.Length)} characters; the limit is {MaxNameLength}.";
        if (Array.Exists(_given, given => given.Name == name))
            return "The application’s options have a context of that name. Choose another one.";
        if (_given.Length >= MaxContexts)
            return $"The application’s options have {MaxContexts} contexts, which is the limit. None can be saved here.";
        lock (_turn)
        {
            SavedContext[] others = [.. _saved.Where(saved => saved.Name != name)];
            _saved = [.. others.Skip(Math.Max(0, others.Length + 1 - (MaxContexts - _given.Length))), new(name, context)];
        }

        return null;
    }
}
