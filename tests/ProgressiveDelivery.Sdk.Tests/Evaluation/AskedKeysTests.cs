using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

public sealed class AskedKeysTests
{
    [Fact]
    public void TextObjectThatWasNotedIsFound()
    {
        var asked = new AskedKeys(flags: 2);
        var key = Text("new-checkout");

        asked.TryFind(key, out _).Should().BeFalse();
        asked.Note(key, 1);

        (asked.TryFind(key, out var index), index).Should().Be((true, 1));
        asked.TryFind(Text("new-checkout"), out _).Should().BeFalse("only the full table compares characters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    public void ShortKeyIsLeftToTheFullTable(string key)
    {
        var asked = new AskedKeys(flags: 1);
        asked.Note(key, 0);

        asked.TryFind(key, out _).Should().BeFalse();
    }

    [Fact]
    public void NotedIndexNeverChanges()
    {
        var asked = new AskedKeys(flags: 1);
        var keys = Enumerable.Range(0, 50).Select(number => Text($"flag-{number}")).ToList();
        for (var i = 0; i < keys.Count; i++)
            asked.Note(keys[i], i);

        var found = keys.Select((key, i) => asked.TryFind(key, out var index) ? index - i : (int?)null).ToList();

        found.Count(one => one is not null).Should().Be(2, "there are two slots");
        found.Should().OnlyContain(one => one == null || one == 0);
        found[0].Should().Be(0, "who came first stays");
    }

    [Fact]
    public void MissingKeysTakeFewSlots()
    {
        const int flags = 1_000;
        var asked = new AskedKeys(flags);
        var missing = Enumerable.Range(0, 10_000).Select(number => Text($"nowhere-{number}")).ToList();
        missing.ForEach(asked.NoteMissing);
        var keys = Enumerable.Range(0, flags).Select(number => Text($"team-{number:0000}-enabled")).ToList();
        for (var i = 0; i < keys.Count; i++)
            asked.Note(keys[i], i);

        missing.Count(key => asked.TryFind(key, out var index) && index == AskedKeys.Missing).Should().BeInRange(1, 64);
        keys.Count(key => asked.TryFind(key, out _)).Should().BeGreaterThan(flags * 7 / 10, "chosen keys must not take the slots of flags");
    }

    [Fact]
    public void KeyOfNoFlagStaysMissingUntilItsFlagComes()
    {
        var key = Text("new-checkout");
        var flags = Enumerable.Range(0, 20).Select(number => Some.Flag($"flag-{number}")).ToList();
        var rules = Some.Compile(Some.Snapshot([.. flags])).Rules;

        rules.Find(key).Should().BeNull();
        rules.Find(key).Should().BeNull("the text object was noted");

        rules.With(2, null, null, [rules.Flags[0]]).Find(key).Should().BeNull("a patch of these flags brings none");
        Some.Compile(Some.Snapshot([.. flags, Some.Flag(key)])).Rules.Find(key)!.Key.Should().Be(key);
    }

    [Fact]
    public void KeysThatDifferInTheMiddleOnlyDoNotCollide()
    {
        const int flags = 1_000;
        var asked = new AskedKeys(flags);
        var keys = Enumerable.Range(0, flags).Select(number => Text($"team-{number:0000}-enabled")).ToList();
        for (var i = 0; i < keys.Count; i++)
            asked.Note(keys[i], i);

        keys.Count(key => asked.TryFind(key, out _)).Should().BeGreaterThan(flags * 8 / 10);
    }

    [Fact]
    public void ThreadsThatNoteAndFindAtOnceFindTheRightIndices()
    {
        const int flags = 2_000;
        var asked = new AskedKeys(flags);
        var keys = Enumerable.Range(0, flags).Select(number => Text($"flag-{number}")).ToList();
        var wrong = 0;

        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < flags; i++)
            {
                var number = (i + (thread * 250)) % flags;
                if (!asked.TryFind(keys[number], out var index))
                    asked.Note(keys[number], number);
                else if (index != number)
                    Interlocked.Increment(ref wrong);
            }
        });

        wrong.Should().Be(0);
    }

    [Fact]
    public void RulesFindEveryKeyAgainAndNoOther()
    {
        var keys = Enumerable.Range(0, 500).Select(number => Text($"flag-{number}")).ToList();
        var rules = Some.Compile(Some.Snapshot([.. keys.Select(key => Some.Flag(key))])).Rules;

        for (var times = 0; times < 3; times++)
        {
            keys.Should().OnlyContain(key => rules.Find(key)!.Key == key && rules.Find(Text(key))!.Key == key);
            rules.Find("flag-500").Should().BeNull();
        }
    }

    [Fact]
    public void FlagThatAPatchChangesIsFoundByTheTextThatFoundItBefore()
    {
        var key = Text("new-checkout");
        var rules = Some.Compile(Some.Snapshot(Some.Flag("dark"), Some.Flag(key))).Rules;
        var before = rules.Find(key);
        var changed = Some.Compile(Some.Snapshot(Some.Flag("dark"), Some.Flag(key) with { Default = "on" })).Rules.Flags[1];

        var after = rules.With(2, null, null, [changed]);

        after.Find(key).Should().BeSameAs(changed).And.NotBeSameAs(before);
        rules.Find(key).Should().BeSameAs(before);
    }

    // A text object of its own, as no literal is.
    private static string Text(string text) => new(text.AsSpan());
}
