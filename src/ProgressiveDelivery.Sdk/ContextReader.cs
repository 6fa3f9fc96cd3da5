namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A context whose parts are read when a rule first asks for them, each at most once: that of an HTTP request, of a message, of a browser's session. Derive from it to
/// serve contexts from what a host knows. <see cref="StackContext(string, ContextReader)"/> evaluates with it.
/// </summary>
/// <remarks>
/// Safe to use from any thread: of two threads that ask for the same part at once, one reads it, under a lock, and the other waits. A part that throws when it is
/// read counts as missing. So does a part that asks for itself, by a flag that it evaluates.
/// </remarks>
public abstract class ContextReader
{
    private static readonly Part Missing = new("", null);

    private readonly object _gate = new();
    private Part? _attributes;
    private Part? _kinds;
    private volatile bool _hasKey;
    private bool _isClosed;
    private string? _key;

    /// <summary>The key that rollouts, splits and segments use, read on the first access; null for an anonymous caller.</summary>
    public string? TargetingKey => _hasKey ? _key : ReadKeyOnce();

    /// <summary>Returns the attribute of a name, read on the first call; a null value if there is none.</summary>
    /// <param name="name">The name; case-sensitive.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public AttributeValue GetAttribute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Attribute(name);
    }

    /// <summary>Reads the key and all attributes and kinds that have names, and returns them as a context that outlives the reader.</summary>
    public EvaluationContext ToContext()
    {
        foreach (var name in Names(kinds: false))
            Attribute(name);
        foreach (var kind in Names(kinds: true))
            Kind(kind);
        return ToKnownContext();
    }

    /// <summary>Reads the targeting key.</summary>
    protected abstract string? ReadKey();

    /// <summary>Reads an attribute. Called under a lock, and once for each name until <see cref="Forget"/>.</summary>
    /// <param name="name">The name; never <c>targetingKey</c>, which <see cref="ReadKey"/> reads.</param>
    /// <returns>The value; a null value if there is none.</returns>
    protected abstract AttributeValue ReadAttribute(string name);

    /// <summary>Reads the context of another kind, such as <c>organization</c>; null, the default, if there is none.</summary>
    /// <param name="kind">The kind.</param>
    protected virtual EvaluationContext? ReadKind(string kind) => null;

    /// <summary>The names of all attributes, for <see cref="ToContext"/> and the few rules that look at every attribute; none by default.</summary>
    protected virtual IEnumerable<string> AttributeNames => [];

    /// <summary>The names of all other kinds; none by default.</summary>
    protected virtual IEnumerable<string> KindNames => [];

    /// <summary>Returns whether an attribute, or <c>targetingKey</c>, must not leave the process in events and explanations; false by default.</summary>
    /// <param name="name">The name.</param>
    protected internal virtual bool IsPrivate(string name) => false;

    /// <summary>Forgets what was read, for instance because the user of a request has signed in meanwhile.</summary>
    protected void Forget()
    {
        lock (_gate)
        {
            _attributes = null;
            _kinds = null;
            _hasKey = false;
        }
    }

    /// <summary>
    /// Returns whether what was read no longer holds, for instance because a request has another user by now; false by default. Called at the begin of each question without
    /// a context, under the lock: it must be fast. If it returns true, or throws, all is forgotten.
    /// </summary>
    protected virtual bool HasChanged() => false;

    /// <summary>
    /// Ends the reading: what was read stays, and all else is missing from now on. A part that is being read is read to its end first, so the reader may drop afterwards what it read from.
    /// </summary>
    protected void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    /// <summary>Forgets what no longer holds.</summary>
    internal void Renew()
    {
        lock (_gate)
        {
            if (!_isClosed && HasChangedOrThrows())
                Forget();
        }
    }

    /// <summary>Returns the attribute of a name, which stays where it is.</summary>
    internal ref readonly AttributeValue Attribute(string name) => ref (Find(Volatile.Read(ref _attributes), name) ?? Add(ref _attributes, name, isKind: false)).Value;

    /// <summary>Returns the context of a kind; null if there is none.</summary>
    internal EvaluationContext? Kind(string kind) => (Find(Volatile.Read(ref _kinds), kind) ?? Add(ref _kinds, kind, isKind: true)).Context;

    /// <summary>Returns all attributes.</summary>
    internal ContextAttribute[] AllAttributes() => [.. ToContext().Attributes];

    /// <summary>Returns all other kinds.</summary>
    internal ContextKind[] AllKinds()
    {
        foreach (var kind in Names(kinds: true))
            Kind(kind);
        return KnownKinds;
    }

    /// <summary>The other kinds that were read.</summary>
    internal ContextKind[] KnownKinds
    {
        get
        {
            if (Volatile.Read(ref _kinds) is not { } first)
                return [];
            return [.. Known(first).Where(part => part.Context is not null).Select(part => new ContextKind(part.Name, part.Context!)).OrderBy(kind => kind.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Returns what was read so far, as a context that outlives the reader.</summary>
    internal EvaluationContext ToKnownContext()
    {
        var attributes = Known(Volatile.Read(ref _attributes)).Where(part => !part.Value.IsNull).Select(part => KeyValuePair.Create(part.Name, part.Value)).ToList();
        var context = new EvaluationContext(TargetingKey, attributes, [.. KnownKinds.Select(kind => KeyValuePair.Create(kind.Name, kind.Context))]);
        string[] secret = [.. attributes.Select(attribute => attribute.Key).Append(EvaluationContext.TargetingKeyName).Where(IsPrivate)];
        return secret.Length == 0 ? context : context.WithPrivate(secret);
    }

    private bool HasChangedOrThrows()
    {
        try
        {
            return HasChanged();
        }
        catch (Exception)               // Evaluations never throw; and what may be another user's is not kept.
        {
            return true;
        }
    }

    private string? ReadKeyOnce()
    {
        lock (_gate)
        {
            if (!_hasKey && _isClosed)
                return null;
            if (!_hasKey)
            {
                try
                {
                    _key = ReadKey();
                }
                catch (Exception)       // Evaluations never throw: the caller is anonymous then.
                {
                    _key = null;
                }

                _hasKey = true;
            }

            return _key;
        }
    }

    private Part Add(ref Part? first, string name, bool isKind)
    {
        if (!isKind && name == EvaluationContext.TargetingKeyName)
            return Missing;             // A rule asks for it by this name where there is no key.
        lock (_gate)
        {
            if (Find(first, name, beingRead: true) is { } known)
                return known;
            if (_isClosed)
                return Missing;
            var part = new Part(name, first) { IsBeingRead = true };
            Volatile.Write(ref first, part);
            try
            {
                if (isKind)
                    part.Context = ReadKind(name);
                else
                    part.Value = ReadAttribute(name);
            }
            catch (Exception)           // Evaluations never throw: the part is missing then.
            {
                (part.Context, part.Value) = (null, default);
            }

            part.IsBeingRead = false;
            return part;
        }
    }

    // Another thread waits at the lock for a part that is being read; the thread that reads it finds it missing.
    private static Part? Find(Part? first, string name, bool beingRead = false)
    {
        for (var part = first; part is not null; part = part.Next)
        {
            if (string.Equals(part.Name, name, StringComparison.Ordinal))
                return beingRead || !part.IsBeingRead ? part : null;
        }

        return null;
    }

    private static IEnumerable<Part> Known(Part? first)
    {
        for (var part = first; part is not null; part = part.Next)
        {
            if (!part.IsBeingRead)
                yield return part;
        }
    }

    private List<string> Names(bool kinds)
    {
        try
        {
            return [.. kinds ? KindNames : AttributeNames];
        }
        catch (Exception)               // As for a part.
        {
            return [];
        }
    }

    private sealed class Part(string name, Part? next)
    {
        private volatile bool _isBeingRead;
        private AttributeValue _value;

        public string Name => name;

        public Part? Next => next;

        public bool IsBeingRead
        {
            get => _isBeingRead;
            set => _isBeingRead = value;
        }

        public ref AttributeValue Value => ref _value;

        public EvaluationContext? Context { get; set; }
    }
}
