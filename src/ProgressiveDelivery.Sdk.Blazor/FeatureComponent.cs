using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>
/// The base of the components that show a flag's answer. It evaluates the flag when parameters are set, when the flag's answer changes, and when the visitor changes; it renders
/// again only if the answer differs. It follows changes from its first interactive rendering until it is disposed: prerendered and static pages are rendered once.
/// </summary>
public abstract class FeatureComponent : ComponentBase, IDisposable
{
    private FeatureCircuit? _circuit;
    private PersistingComponentStateSubscription? _persisting;
    private IFeatureSnapshot? _rules;
    private IDisposable? _subscription;
    private EvaluationContext? _followed;
    private object? _subject;
    private bool _isAnswered;
    private bool _isDisposed;

    /// <summary>Lets only this library derive from it.</summary>
    private protected FeatureComponent()
    {
    }

    /// <summary>The context to evaluate; null, the default, for that of the visitor.</summary>
    [Parameter]
    public EvaluationContext? EvaluationContext { get; set; }

    /// <summary>The client.</summary>
    [Inject]
    private protected IFeatureClient Features { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    /// <summary>Indicates whether there is an answer to render.</summary>
    private protected bool IsAnswered => _isAnswered;

    /// <summary>The context of the answer.</summary>
    private protected EvaluationContext AnsweredContext => EvaluationContext ?? _circuit?.Context ?? EvaluationContext.Empty;

    /// <summary>The flag that is followed; another object means another flag.</summary>
    private protected abstract object Subject { get; }

    /// <summary>Stops following the flag.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops following the flag.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _isDisposed = true;
        _subscription?.Dispose();
        _persisting?.Dispose();
        if (_circuit is not null)
            _circuit.Changed -= OnVisitorChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _circuit = Services.GetService<FeatureCircuit>();
        if (_circuit is null)
            return;
        _circuit.Changed += OnVisitorChanged;
        _persisting = Services.GetService<PersistentComponentState>()?.RegisterOnPersisting(PersistAsync);
        await _circuit.BeginAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Check();
        Ask();
        _isAnswered = true;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => Follow();

    /// <summary>Checks the parameters.</summary>
    /// <exception cref="InvalidOperationException">A parameter is missing, or does not fit another.</exception>
    private protected abstract void Check();

    /// <summary>Evaluates the flag.</summary>
    /// <returns>True if the answer differs from the one before.</returns>
    private protected abstract bool Evaluate();

    /// <summary>Follows the flag's answer.</summary>
    /// <param name="context">The context to evaluate.</param>
    /// <param name="rules">The rules that answered last.</param>
    /// <param name="changed">Call it when the answer may have changed, on any thread.</param>
    private protected abstract IDisposable Subscribe(EvaluationContext context, IFeatureSnapshot? rules, Action changed);

    private bool Ask()
    {
        _rules = Features.GetSnapshot();
        return Evaluate();
    }

    // A method of the component, since Blazor takes from it whether the page goes on in a circuit or in the browser.
    private Task PersistAsync() => _circuit!.PersistAsync();

    private void Follow()
    {
        if (_isDisposed || !_isAnswered || _circuit is { IsFrozen: true })
            return;
        var context = AnsweredContext;
        if (_subscription is not null && Equals(_subject, Subject) && context.Equals(_followed))
            return;
        _subscription?.Dispose();
        (_subject, _followed) = (Subject, context);
        _subscription = Subscribe(context, _rules, () => _ = OnDispatcherAsync(AskAgain));
        // The rules may have changed between the answer and the subscription.
        if (!ReferenceEquals(_rules, Features.GetSnapshot()))
            AskAgain();
    }

    private void OnVisitorChanged() => _ = OnDispatcherAsync(() =>
    {
        AskAgain();
        if (_subscription is not null)
            Follow();
    });

    private void AskAgain()
    {
        if (!_isDisposed && _isAnswered && Ask())
            StateHasChanged();
    }

    private async Task OnDispatcherAsync(Action act)
    {
        try
        {
            await InvokeAsync(act).ConfigureAwait(false);
        }
        catch (Exception fault) when (!_isDisposed)
        {
            await DispatchExceptionAsync(fault).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The circuit has ended meanwhile.
        }
    }
}
