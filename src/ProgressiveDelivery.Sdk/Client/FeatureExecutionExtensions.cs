using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Runs the code that a flag chooses, and records success, failure, cancellation and time for the variant that was given. Guards and the meter read these outcomes.
/// </summary>
/// <remarks>
/// <para>
/// A call counts once, for the variant that the rules gave at its beginning: whatever retries its pipeline makes, whether control answers after a failure, and whatever rules are in force
/// at its end. Its time is that of the code that the flag chose, without a fallback. A canceled call, which ends with an <see cref="OperationCanceledException"/> after its
/// own token was canceled, is neither good nor bad. The caller's fallback is no variant, and a variant that is forced for a test has no outcome. Variants that an override or a kill
/// serves are counted by the meter, but not by guards.
/// </para>
/// <para>
/// On this library's own clients, scopes and snapshots, a call allocates nothing of its own if the code completes synchronously and there is no pipeline; otherwise its state machine.
/// On any other <see cref="IFeatureEvaluator"/>, such as a fake, the flag chooses, and nothing is recorded. Safe to use from any thread.
/// </para>
/// </remarks>
public static partial class FeatureExecutionExtensions
{
    /// <summary>Runs the treatment if a boolean flag is on for a context, else control.</summary>
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
    public static ValueTask<TResult> ExecuteAsync<TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<bool> flag,
        EvaluationContext context,
        Func<CancellationToken, ValueTask<TResult>> treatment,
        Func<CancellationToken, ValueTask<TResult>> control,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        return features.ExecuteAsync(
            flag,
            context,
            (treatment, control),
            static (code, cancellation) => code.treatment(cancellation),
            static (code, cancellation) => code.control(cancellation),
            options,
            cancellationToken);
    }

    /// <summary>Runs the treatment if a boolean flag is on for a context, else control. With static delegates, which take what they need from a state, there is no closure.</summary>
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
    /// <inheritdoc cref="ExecuteAsync{TResult}(IFeatureEvaluator, FeatureFlag{bool}, EvaluationContext, Func{CancellationToken, ValueTask{TResult}}, Func{CancellationToken, ValueTask{TResult}}, ExecutionOptions, CancellationToken)"/>
    public static ValueTask<TResult> ExecuteAsync<TState, TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<bool> flag,
        EvaluationContext context,
        TState state,
        Func<TState, CancellationToken, ValueTask<TResult>> treatment,
        Func<TState, CancellationToken, ValueTask<TResult>> control,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(control);
        options?.Validate<TResult>(flag.Key);
        var execution = Execution.Begin(features, flag, Checked(context), options, cancellationToken, out var isOn);
        return execution.RunAsync(state, isOn ? treatment : control, isOn && options is { FallsBackToControl: true } ? control : null);
    }

    /// <summary>Runs code with the value of a flag of any type.</summary>
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
    public static ValueTask<TResult> ExecuteAsync<T, TState, TResult>(
        this IFeatureEvaluator features,
        FeatureFlag<T> flag,
        EvaluationContext context,
        TState state,
        Func<T, TState, CancellationToken, ValueTask<TResult>> run,
        ExecutionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(flag);
        ArgumentNullException.ThrowIfNull(run);
        options?.ValidateWithoutControl<TResult>(flag.Key);
        var execution = Execution.Begin(features, flag, Checked(context), options, cancellationToken, out var value);
        return execution.RunAsync((value, state, run), static (code, cancellation) => code.run(code.value, code.state, cancellation), control: null);
    }

    private static AnyContext Checked(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context);
    }
}
