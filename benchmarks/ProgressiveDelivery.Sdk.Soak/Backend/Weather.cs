namespace ProgressiveDelivery.Sdk.Soak.Backend;

/// <summary>How the backend behaves.</summary>
internal enum Weather
{
    /// <summary>As it should.</summary>
    Fair,

    /// <summary>It is silent on connections that stay open.</summary>
    Silent,

    /// <summary>It answers 503 to whatever is asked.</summary>
    Failing,

    /// <summary>It resets each connection that it takes.</summary>
    Resetting,

    /// <summary>It is not there.</summary>
    Down,
}
