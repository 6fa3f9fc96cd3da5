using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk;

/// <content>For packages of backends.</content>
public static partial class FeatureEvaluatorExtensions
{
    /// <summary>
    /// Hands an event that a backend's package makes, outside of an evaluation, to the recorders of the client's backends; see <see cref="AnswerRecorder.Occurred"/>. Does
    /// nothing if there are none, and for any other <see cref="IFeatureEvaluator"/> than this library's own. Never blocks.
    /// </summary>
    /// <param name="features">The client or snapshot.</param>
    /// <param name="make">Makes the event from the time by the client's clock; called once, and only if there is a recorder.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Record(this IFeatureEvaluator features, Func<DateTimeOffset, BackendEvent> make)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(make);
        Own(features)?.Record(make);
    }
}
