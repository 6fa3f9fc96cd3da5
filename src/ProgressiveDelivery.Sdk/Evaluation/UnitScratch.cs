using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// A buffer for the text of a unit that is a number; the longest is -1.8e308 in full. Not <c>stackalloc</c>, whose guard would slow down every unit
/// that is a text. Declare it under <see cref="SkipLocalsInitAttribute"/>.
/// </summary>
[InlineArray(320)]
internal struct UnitScratch
{
    private char _first;
}
