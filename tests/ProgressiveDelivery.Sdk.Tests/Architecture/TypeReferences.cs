using System.Reflection;
using System.Reflection.Emit;

namespace ProgressiveDelivery.Sdk.Tests.Architecture;

/// <summary>Which types a type knows: in its bases, fields, signatures, local variables, and in the instructions of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types named, generic ones and their arguments apart; what the compiler made inside a type counts as the type's.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        Families(type).SelectMany(member => Named(member)).SelectMany(Unwrap).Select(Outermost).Where(named => named != type).Distinct();

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> Families(Type type) => type.GetNestedTypes(All).SelectMany(Families).Prepend(type);

    private static IEnumerable<Type> Named(Type type)
    {
        var named = new List<Type?> { type.BaseType };
        named.AddRange(type.GetInterfaces());
        named.AddRange(type.GetFields(All).Select(field => field.FieldType));
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            named.AddRange(Signature(method));
            if (method.GetMethodBody() is not { } body)
                continue;
            named.AddRange(body.LocalVariables.Select(local => local.LocalType));
            named.AddRange(Instructions(method, body.GetILAsByteArray()!));
        }

        return named.OfType<Type>();
    }

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        foreach (var parameter in method.GetParameters())
            yield return parameter.ParameterType;
        if (method is MethodInfo { ReturnType: var returned })
            yield return returned;
    }

    private static IEnumerable<Type> Instructions(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < code.Length;)
        {
            var instruction = OpCodesByValue[code[i] == 0xFE ? unchecked((short)(0xFE00 | code[i + 1])) : code[i]];
            i += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                foreach (var type in Member(method.Module.ResolveMember(BitConverter.ToInt32(code, i), typeArguments, methodArguments)!))
                    yield return type;
            }

            i += Length(instruction.OperandType, code, i);
        }
    }

    private static IEnumerable<Type> Member(MemberInfo member)
    {
        if (member is Type type)
            return [type];
        Type[] arguments = member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [];
        return member is MethodBase method ? [member.DeclaringType!, .. arguments, .. Signature(method)] : [member.DeclaringType!, ((FieldInfo)member).FieldType];
    }

    private static int Length(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static IEnumerable<Type> Unwrap(Type type)
    {
        if (type.HasElementType)
            return Unwrap(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Prepend(type.GetGenericTypeDefinition()) : [type];
    }
}
