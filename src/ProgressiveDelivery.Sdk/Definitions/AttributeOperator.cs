namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// The tests on one attribute. Each member describes when the test holds. An attribute that is missing or of the wrong type makes it unknown.
/// </summary>
public enum AttributeOperator
{
    /// <summary>Equals the operand: a string, number or boolean.</summary>
    Equals,

    /// <summary>Equals one of a list.</summary>
    In,

    /// <summary>Starts with one of a list of strings.</summary>
    StartsWith,

    /// <summary>Ends with one of a list of strings.</summary>
    EndsWith,

    /// <summary>Contains one of a list of strings.</summary>
    Contains,

    /// <summary>Matches a regular expression (.NET syntax, non-backtracking, culture-invariant).</summary>
    Matches,

    /// <summary>Is less than a number.</summary>
    LessThan,

    /// <summary>Is at most a number.</summary>
    AtMost,

    /// <summary>Is greater than a number.</summary>
    GreaterThan,

    /// <summary>Is at least a number.</summary>
    AtLeast,

    /// <summary>Is an instant before the operand, an RFC 3339 date-time with offset.</summary>
    Before,

    /// <summary>Is an instant after the operand, an RFC 3339 date-time with offset.</summary>
    After,

    /// <summary>Is a semantic version in a range, such as <c>&gt;=1.2.0 &lt;2.0.0</c>.</summary>
    SemVer,

    /// <summary>Is an address in one of a list of CIDR blocks.</summary>
    InNetwork,

    /// <summary>Is a list that contains at least one item of a list.</summary>
    HasAny,

    /// <summary>Is a list that contains all items of a list.</summary>
    HasAll,

    /// <summary>Is present and not null (operand true), or is not (false). Never unknown.</summary>
    Exists,
}
