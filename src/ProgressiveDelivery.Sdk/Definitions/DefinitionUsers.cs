namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Finds who depends on what, however far: flags and segments on flags and segments, flags on layers and holdouts.</summary>
internal static class DefinitionUsers
{
    /// <summary>Adds to some names those of all that depend on one of them.</summary>
    public static void AddTo(HashSet<DefinitionName> names, SnapshotDefinition definition)
    {
        var users = UsersOf(definition);
        var unfollowed = new Queue<DefinitionName>(names);
        while (unfollowed.TryDequeue(out var name))
        {
            foreach (var user in users.GetValueOrDefault(name, []))
            {
                if (names.Add(user))
                    unfollowed.Enqueue(user);
            }
        }
    }

    private static Dictionary<DefinitionName, List<DefinitionName>> UsersOf(SnapshotDefinition definition)
    {
        var users = new Dictionary<DefinitionName, List<DefinitionName>>();
        var references = new List<DefinitionName>();
        foreach (var flag in definition.Flags)
        {
            DefinitionReferences.AddOf(flag, references);
            AddUser(users, references, new(DefinitionKind.Flag, flag.Key));
        }

        foreach (var segment in definition.Segments)
        {
            DefinitionReferences.AddOf(segment, references);
            AddUser(users, references, new(DefinitionKind.Segment, segment.Name));
        }

        return users;
    }

    private static void AddUser(Dictionary<DefinitionName, List<DefinitionName>> users, List<DefinitionName> references, DefinitionName user)
    {
        foreach (var used in references)
        {
            if (!users.TryGetValue(used, out var list))
                users.Add(used, list = []);
            list.Add(user);
        }

        references.Clear();
    }
}
