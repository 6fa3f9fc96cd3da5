using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Room for the text of a unit that is a number; the longest is -1.8e308 in full. Not <c>stackalloc</c>, whose guard every unit that
/// is a text would pay for; declare it under <see cref="SkipLocalsInitAttribute"/>.
/// </summary>
[InlineArray(320)]
internal struct UnitScratch
{
    private char _first;
}
