using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads conditions; null if one is malformed, which is then reported. Does not check that operands fit their operators.</summary>
internal static class ConditionReader
{
    /// <summary>Reads the condition in the member <paramref name="name"/>; also null if that is null.</summary>
    public static ConditionDefinition? Read(ref Utf8JsonReader json, ReadState state, string name)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        state.Enter(name);
        var condition = Read(ref json, state);
        state.Leave();
        return condition;
    }

    private static ConditionDefinition? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            return NoObject(ref json, state);

        var parts = default(Parts);
        var members = new MemberCursor(FormatMembers.Condition);
        while (members.MoveNext(ref json, state) is { } name)
            parts.Read(ref json, state, name);

        var form = members.HasMisspelt ? null : FormOf(state, members);
        if (form is not null)
            members.ReportUnknown(state, except: form == "attribute" ? OperatorOf(members) : null);
        return form switch
        {
            null => null,
            "attribute" => parts.Test(state, members),
            "flag" => state.RequirePresent(members, "is", "a list of variants' names") ? parts.FlagCondition : null,
            _ => parts.Condition,
        };
    }

    private static string? FormOf(ReadState state, in MemberCursor members)
    {
        var forms = members.CountOf(FormatMembers.ConditionFormsMask, out var form);
        if (forms > 1)
            return Malformed(state, $"mixes '{string.Join("' and '", members.NamesOf(FormatMembers.ConditionFormsMask))}'");
        if (form != "attribute" && members.CountOf(FormatMembers.OperatorsMask, out var stray) > 0)
            return Malformed(state, form is null ? $"has '{stray}' without 'attribute'" : $"mixes '{form}' and '{stray}'");
        return form ?? Malformed(state, members.Unknown is null ? "is empty" : "has none of the forms that this version knows");
    }

    // Without an operator that this version supports, the first unknown member is taken for one.
    private static string? OperatorOf(in MemberCursor members) =>
        members.FirstWritten(FormatMembers.OperatorsMask) is null ? members.Unknown : null;

    private static ConditionDefinition[]? ReadList(ref Utf8JsonReader json, ReadState state, string name)
    {
        if (!state.TryEnterList(ref json, name, "a list of conditions"))
            return null;

        state.Enter(name);
        var mark = state.Conditions.Mark;
        var whole = true;
        var index = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            state.Enter(index++);
            if (Read(ref json, state) is { } condition)
                state.Conditions.Add(condition);
            else
                whole = false;
            state.Leave();
        }

        state.Leave();
        var conditions = state.Conditions.Take(mark);
        return whole ? conditions : null;
    }

    private static BetweenCondition? ReadBetween(ref Utf8JsonReader json, ReadState state)
    {
        const string wanted = "a list of two instants, either of them null where that end is open";
        if (!state.TryEnterList(ref json, "between", wanted))
            return null;

        state.Enter("between");
        var faultless = true;
        var count = 0;
        Span<DateTimeOffset?> ends = [null, null];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            state.Enter(count);
            var open = json.TokenType == JsonTokenType.Null;
            var end = state.Instant(ref json);
            faultless &= open || end is not null;
            if (count < ends.Length)
                ends[count] = end;
            count++;
            state.Leave();
        }

        if (count != ends.Length)
            state.Report(DiagnosticCatalog.WrongForm(state.Path, state.Subject, "between", wanted, $"a list of {count}"));
        state.Leave();
        return faultless && count == ends.Length ? new() { From = ends[0], To = ends[1] } : null;
    }

    private static ConditionDefinition? NoObject(ref Utf8JsonReader json, ReadState state)
    {
        Malformed(state, $"is {JsonText.Describe(ref json)}");
        json.Skip();
        return null;
    }

    private static string? Malformed(ReadState state, string wrong)
    {
        state.Report(DiagnosticCatalog.WrongConditionForm(state.Path, state.Subject, wrong));
        return null;
    }

    /// <summary>The members of a condition, until all of them are read and determine its form.</summary>
    private struct Parts
    {
        private string? _flag;
        private string[]? _variants;
        private string? _attribute;
        private bool _ignoreCase;
        private AttributeValue _operand;
        private bool _malformedOperand;

        public ConditionDefinition? Condition { get; private set; }

        public readonly FlagCondition? FlagCondition => _flag is null || _variants is null ? null : new() { Flag = _flag, Variants = _variants };

        public void Read(ref Utf8JsonReader json, ReadState state, string name)
        {
            switch (name)
            {
                case "all":
                    Condition = ReadList(ref json, state, name) is { } all ? new AllCondition(all) : null;
                    break;
                case "any":
                    Condition = ReadList(ref json, state, name) is { } any ? new AnyCondition(any) : null;
                    break;
                case "not":
                    Condition = ConditionReader.Read(ref json, state, name) is { } not ? new NotCondition(not) : null;
                    break;
                case "segment":
                    Condition = state.Text(ref json, name) is { } segment ? new SegmentCondition(segment) : null;
                    break;
                case "between":
                    Condition = ReadBetween(ref json, state);
                    break;
                case "schedule":
                    Condition = ScheduleReader.Read(ref json, state);
                    break;
                case "flag":
                    _flag = state.Text(ref json, name);
                    break;
                case "is":
                    _variants = state.Texts(ref json, name);
                    break;
                case "attribute":
                    _attribute = state.Text(ref json, name);
                    break;
                case "ignoreCase":
                    _ignoreCase = state.Boolean(ref json, name) ?? false;
                    break;
                default:
                    ReadOperand(ref json, state, name);
                    break;
            }
        }

        public readonly ConditionDefinition? Test(ReadState state, in MemberCursor members)
        {
            var operators = members.CountOf(FormatMembers.OperatorsMask, out var name);
            if (_attribute is null || _malformedOperand)
                return null;
            if (operators == 1)
                return new AttributeCondition { Attribute = _attribute, Operator = AttributeOperators.Parse(name!), Operand = _operand, IgnoreCase = _ignoreCase };
            if (operators == 0 && (NullTest(state, members) ?? UnknownTest(state, members)) is { } test)
                return test;

            state.Report(DiagnosticCatalog.NotOneOperator(state.Path, state.Subject, _attribute, members.NamesOf(FormatMembers.OperatorsMask)));
            return null;
        }

        // A null operator can be neither true nor false, and is no reason to switch the flag off.
        private readonly UnknownOperatorCondition? NullTest(ReadState state, in MemberCursor members)
        {
            if (members.FirstWritten(FormatMembers.OperatorsMask) is not { } name)
                return null;

            state.Report(DiagnosticCatalog.NullOperator(state.PathTo(name), state.Subject, name));
            return new() { Attribute = _attribute!, Operator = name };
        }

        private readonly UnknownOperatorCondition? UnknownTest(ReadState state, in MemberCursor members)
        {
            if (OperatorOf(members) is not { } name)
                return null;

            if (state.IsStrict)
                state.ReportUnknown(name, FormatMembers.Condition.Place);
            else
                state.Report(DiagnosticCatalog.UnknownOperator(state.Path, state.Subject, name, AttributeOperators.Names));
            return new() { Attribute = _attribute!, Operator = name };
        }

        // Beside another operator a null one counts as absent, and does not change the other's operand.
        private void ReadOperand(ref Utf8JsonReader json, ReadState state, string name)
        {
            if (json.TokenType != JsonTokenType.Null && !OperandReader.TryRead(ref json, state, name, out _operand))
                _malformedOperand = true;
        }
    }
}
