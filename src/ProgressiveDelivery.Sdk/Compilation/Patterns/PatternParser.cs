using System.Globalization;
using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Compilation.Patterns;

/// <summary>
/// Reads a regular expression in .NET's syntax (learn.microsoft.com, "Regular Expression Language - Quick Reference"). Rejects an expression with an
/// unsupported part: back-references, atomic and balancing groups, conditions, and malformed parts.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxNesting = 500;

    private readonly PatternReader _reader;
    private readonly bool _admitsLookAround;
    private readonly Stack<Group> _groups = new();
    private PatternOptions _options;

    private PatternParser(string text, bool ignoreCase, bool admitsLookAround)
    {
        _reader = new(text);
        _options = new(ignoreCase, false, false, false);
        _admitsLookAround = admitsLookAround;
        _groups.Push(new(_options, GroupKind.Plain));
    }

    /// <summary>Parses an expression; null if this parser does not support it.</summary>
    public static PatternTree? Parse(string text, bool ignoreCase, bool admitsLookAround) =>
        text.Contains('\0', StringComparison.Ordinal) ? null : new PatternParser(text, ignoreCase, admitsLookAround).Parse();

    private PatternTree? Parse()
    {
        while (SkipBlank())
        {
            if (!TryPart())
                return null;
        }

        return _reader.IsAtEnd && _groups.Count == 1 ? _groups.Pop().Finish() : null;
    }

    private bool TryPart()
    {
        switch (_reader.Read())
        {
            case '(':
                return _groups.Count <= MaxNesting && TryOpen();
            case ')':
                return TryClose();
            case '|':
                _groups.Peek().NextBranch();
                return true;
            case '[':
                return ClassParser.Bracketed(_reader, _options.IgnoreCase) is { } set && TryAdd(new SetLeaf(set));
            case '\\':
                return Escape() is { } escape && TryAdd(escape);
            case '^':
                return TryAdd(new BoundaryLeaf(_options.Multiline ? Boundary.LineStart : Boundary.TextStart));
            case '$':
                return TryAdd(new BoundaryLeaf(_options.Multiline ? Boundary.LineEnd : Boundary.TextEndOrFinalNewline));
            case '.':
                return TryAdd(new SetLeaf(_options.Singleline ? CharacterSet.All : CharacterSet.NotNewline));
            case '*' or '+' or '?':
                return false;
            case '{' when IsCount(-1):
                return false;
            case var character:
                return TryAdd(new SetLeaf(ClassParser.Single(character, _options.IgnoreCase)));
        }
    }

    // Skips comments, and white space if it is ignored. False at the end, and at a comment without an end.
    private bool SkipBlank()
    {
        while (!_reader.IsAtEnd)
        {
            if (_reader.StartsWith("(?#"))
            {
                if (_reader.ReadTo(')') is null)
                    return false;
            }
            else if (_options.IgnoreSpace && _reader.Next is ' ' or '\t' or '\n' or '\f' or '\r')
            {
                _reader.Read();
            }
            else if (_options.IgnoreSpace && _reader.Next == '#')
            {
                _reader.SkipLine();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private bool TryOpen()
    {
        if (!_reader.TrySkip('?'))
            return Open(GroupKind.Plain);
        if (_reader.TrySkip(':'))
            return Open(GroupKind.Plain);
        if (_reader.TrySkip('='))
            return _admitsLookAround && Open(GroupKind.Ahead);
        if (_reader.TrySkip('!'))
            return _admitsLookAround && Open(GroupKind.NotAhead);
        if (_reader.TrySkip("<="))
            return _admitsLookAround && Open(GroupKind.Behind);
        if (_reader.TrySkip("<!"))
            return _admitsLookAround && Open(GroupKind.NotBehind);
        if (_reader.Next is '<' or '\'')
            return IsName(_reader.ReadTo(_reader.Read() == '<' ? '>' : '\'')) && Open(GroupKind.Plain);
        return TryOptions();
    }

    private bool Open(GroupKind kind)
    {
        _groups.Push(new(_options, kind));
        return true;
    }

    // A name that starts with a digit must be a number; a hyphen makes it a balancing group.
    private static bool IsName(string? name) => name is { Length: > 0 and < 10 } && name[0] is >= '1' and <= '9'
        ? name.All(char.IsAsciiDigit)
        : name is { Length: > 0 } && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private bool TryOptions()
    {
        var start = _reader.At;
        while (char.IsAsciiLetter(_reader.Next) || _reader.Next == '-')
            _reader.Read();
        if (_options.With(_reader.Since(start)) is not { } options)
            return false;
        if (_reader.TrySkip(')'))
        {
            _options = options;
            return true;
        }

        if (!_reader.TrySkip(':'))
            return false;
        Open(GroupKind.Plain);
        _options = options;
        return true;
    }

    private bool TryClose()
    {
        if (_groups.Count == 1)
            return false;
        var group = _groups.Pop();
        _options = group.Outside;
        return TryAdd(group.Finish());
    }

    private PatternTree? Escape()
    {
        switch (_reader.Next)
        {
            case 'b':
                return Place(Boundary.Word);
            case 'B':
                return Place(Boundary.NotWord);
            case 'A':
                return Place(Boundary.TextStart);
            case 'z':
                return Place(Boundary.TextEnd);
            case 'Z':
                return Place(Boundary.TextEndOrFinalNewline);
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P':
                return ClassParser.Shorthand(_reader, _options.IgnoreCase) is { } set ? new SetLeaf(set) : null;
            case '<' or '\'':
                return null;
            default:
                return _reader.ReadEscape() is { } character ? new SetLeaf(ClassParser.Single(character, _options.IgnoreCase)) : null;
        }
    }

    private BoundaryLeaf Place(ulong fact)
    {
        _reader.Read();
        return new(fact);
    }

    /// <summary>Adds a tree, repeated by the quantifier behind it.</summary>
    private bool TryAdd(PatternTree tree)
    {
        SkipBlank();
        var (min, max) = (1, 1);
        if (_reader.TrySkip('*'))
            (min, max) = (0, RepeatTree.Unbounded);
        else if (_reader.TrySkip('+'))
            (min, max) = (1, RepeatTree.Unbounded);
        else if (_reader.TrySkip('?'))
            (min, max) = (0, 1);
        else if (!IsCount(0))
            return Add(tree);
        else if (!TryCount(out min, out max))
            return false;
        SkipBlank();
        _reader.TrySkip('?');
        return Add(new RepeatTree(tree, min, max));
    }

    private bool Add(PatternTree tree)
    {
        _groups.Peek().Add(tree);
        return true;
    }

    // A brace that starts no count is a literal.
    private bool IsCount(int from)
    {
        if (_reader.Peek(from) != '{' || !char.IsAsciiDigit(_reader.Peek(from + 1)))
            return false;
        var at = from + 1;
        while (char.IsAsciiDigit(_reader.Peek(at)))
            at++;
        if (_reader.Peek(at) == ',')
            at++;
        while (char.IsAsciiDigit(_reader.Peek(at)))
            at++;
        return _reader.Peek(at) == '}';
    }

    private bool TryCount(out int min, out int max)
    {
        _reader.Read();
        var text = _reader.ReadTo('}')!;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        max = RepeatTree.Unbounded;
        return int.TryParse(comma < 0 ? text : text[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out min)
            && (comma == text.Length - 1 || int.TryParse(text[(comma + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out max))
            && min <= max;
    }

    private enum GroupKind
    {
        Plain = 0,
        Ahead,
        NotAhead,
        Behind,
        NotBehind,
    }

    private sealed class Group(PatternOptions outside, GroupKind kind)
    {
        private readonly List<PatternTree> _branches = [];
        private List<PatternTree> _items = [];

        /// <summary>The options after the group.</summary>
        public PatternOptions Outside => outside;

        public void Add(PatternTree item) => _items.Add(item);

        public void NextBranch()
        {
            _branches.Add(PatternTree.Sequence(_items));
            _items = [];
        }

        public PatternTree Finish()
        {
            NextBranch();
            var tree = _branches.Count == 1 ? _branches[0] : new ChoiceTree(_branches);
            return kind == GroupKind.Plain ? tree : new LookTree(tree, kind is GroupKind.Ahead or GroupKind.NotAhead, kind is GroupKind.NotAhead or GroupKind.NotBehind);
        }
    }
}
