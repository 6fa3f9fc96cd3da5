using ProgressiveDelivery.Sdk.Client;

namespace ProgressiveDelivery.Sdk;

/// <content>The synchronous twins.</content>
public static partial class FeatureExecutionExtensions
{
    /// <summary>Runs the treatment if a boolean flag is on for a context, else control, on the caller's thread.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="features">The client, scope or snapshot.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="treatment">The new code. It gets the token of the call or of the pipeline.</param>
    /// <param name="control">The old code.</param>
    /// <param name="options">The options; by default, the treatment's exception is thrown, and control does not run after it.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The result of the treatment or of control. If both fail, control's exception is thrown, and has the treatment's in <see cref="Exception.Data"/>, under <see cref="ExecutionOptions.TreatmentException"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options fall back to control for a plain write, or have a pipeline for another type of result.</exception>
    public static TResult Execute<TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<bool> flag,
        EvaluationContext context,
        Func<CancellationToken, TResult> treatment,
        Func<CancellationToken, TResult> control,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return features.Execute(
            flag,
            context,
            (treatment, control),
            static (code, cancellation) => code.treatment(cancellation),
            static (code, cancellation) => code.control(cancellation),
            options,
            cancellationToken);
    }

    /// <summary>Runs the treatment if a boolean flag is on for a context, else control, on the caller's thread. With static delegates, which take what they need from a state, there is no closure.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="features">The client, scope or snapshot.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="state">The state, handed to the delegates.</param>
    /// <param name="treatment">The new code. It gets the token of the call or of the pipeline.</param>
    /// <param name="control">The old code.</param>
    /// <param name="options">The options; by default, the treatment's exception is thrown, and control does not run after it.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <inheritdoc cref="Execute{TResult}(IFeatureEvaluator, FeatureFlag{bool}, EvaluationContext, Func{CancellationToken, TResult}, Func{CancellationToken, TResult}, ExecutionOptions, CancellationToken)"/>
    public static TResult Execute<TState, TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<bool> flag,
        EvaluationContext context,
        TState state,
        Func<TState, CancellationToken, TResult> treatment,
        Func<TState, CancellationToken, TResult> control,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        options?.Validate<TResult>(flag.Key);
        var execution = Execution.Begin(features, flag, Checked(context), options, cancellationToken, out var isOn);
        return execution.Run(state, isOn ? treatment : control, isOn && options is { FallsBackToControl: true } ? control : null);
    }

    /// <summary>Runs code with the value of a flag of any type, on the caller's thread.</summary>
    /// <typeparam name="T">The flag's type.</typeparam>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="features">The client, scope or snapshot.</param>
    /// <param name="flag">The flag.</param>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="state">The state, handed to the delegate.</param>
    /// <param name="run">The code. It gets the flag's value, the state, and the token of the call or of the pipeline.</param>
    /// <param name="options">The options; there is no control to fall back to.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The result of the code.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The flag is declared as a type that no flag can have, or the options fall back to control or have a pipeline for another type of result.</exception>
    public static TResult Execute<T, TState, TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<T> flag,
        EvaluationContext context,
        TState state,
        Func<T, TState, CancellationToken, TResult> run,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(run);
        options?.ValidateWithoutControl<TResult>(flag.Key);
        var execution = Execution.Begin(features, flag, Checked(context), options, cancellationToken, out var value);
        return execution.Run((value, state, run), static (code, cancellation) => code.run(code.value, code.state, cancellation), control: null);
    }
}
