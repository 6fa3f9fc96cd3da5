using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.Blazor;

/// <summary>
/// The visitor of a circuit, a prerendered page, or a client in the browser: gives questions of the scope without a context that of the user, from the <see cref="AuthenticationStateProvider"/>.
/// The components of this library begin it. Inject it to refresh attributes, or to begin it before any of them. <c>AddBlazor</c> registers it for each scope.
/// </summary>
/// <remarks>
/// Needs no HTTP context. In a request whose unit of work has begun, it leaves that one's context and rules in place. Safe to use from any thread.
/// </remarks>
public sealed class FeatureCircuit : IDisposable
{
    private const string StateName = "ProgressiveDelivery.Sdk.AnonymousKey";

    private readonly FeatureScopeBinding _binding;
    private readonly BlazorFeatureOptions _options;
    private readonly AuthenticationStateProvider? _users;
    private readonly PersistentComponentState? _state;
    private readonly ILogger _logger;
    private readonly VisitorReader _reader;
    private readonly Lazy<Task> _begun;
    private Task<AuthenticationState>? _latest;
    private volatile bool _isDisposed;

    internal FeatureCircuit(IServiceProvider services)
    {
        _binding = services.GetRequiredService<FeatureScopeBinding>();
        _options = services.GetRequiredService<IOptions<BlazorFeatureOptions>>().Value;
        _users = services.GetService<AuthenticationStateProvider>();
        _state = services.GetService<PersistentComponentState>();
        _logger = services.GetService<ILogger<FeatureCircuit>>() ?? (ILogger)NullLogger.Instance;
        _reader = new(_options, services);
        _begun = new(RunAsync);
    }

    /// <summary>The context of the scope, read as a whole; the empty one before <see cref="BeginAsync"/> and after the scope's end.</summary>
    public EvaluationContext Context => _binding.Reader?.ToContext() ?? EvaluationContext.Empty;

    /// <summary>Called when the context may have changed, on any thread.</summary>
    internal event Action? Changed;

    /// <summary>Indicates whether the answers of the scope stay as they are, since it is a request's unit of work.</summary>
    internal bool IsFrozen => _binding.Scope is not null;

    /// <summary>
    /// Binds the scope to its visitor; completes when the user is known. Further calls return the same task. It never fails: a user that cannot be determined is
    /// logged, and the visitor is anonymous.
    /// </summary>
    public Task BeginAsync() => _begun.Value;

    /// <summary>Reads the attributes of <see cref="BlazorFeatureOptions.Add"/> anew, for instance after the visitor chose another tenant; components show the new answers.</summary>
    public void Refresh()
    {
        _reader.StartOver();
        Changed?.Invoke();
    }

    /// <summary>Ends the binding: later questions of the scope are anonymous.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (_users is not null)
            _users.AuthenticationStateChanged -= OnUserChanged;
        if (_binding.Reader == _reader)
            _binding.End();
    }

    /// <summary>Hands the key of an anonymous visitor from a prerendered page to the circuit or the browser that takes over; a user's own key is not handed on.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A string needs no members of its type.")]
    internal async Task PersistAsync()
    {
        if (_state is null || _binding.Reader?.TargetingKey is not { } key || (await UserAsync().ConfigureAwait(false)).TargetingKey is not null)
            return;
        try
        {
            _state.PersistAsJson(StateName, key);
        }
        catch (ArgumentException)
        {
            // Another component of the page has handed it on.
        }
    }

    private async Task RunAsync()
    {
        if (_binding.Scope is not null || _binding.Reader is not null)
            return;
        _reader.AnonymousKey = Restored() ?? (_options.IdentifyAnonymous ? Guid.NewGuid().ToString("N") : null);
        _binding.Follow(_reader);
        if (_users is null)
            return;
        _users.AuthenticationStateChanged += OnUserChanged;
        Become(await UserAsync().ConfigureAwait(false), of: null);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A string needs no members of its type.")]
    private string? Restored() => _state is not null && _state.TryTakeFromJson<string>(StateName, out var key) && key is { Length: > 0 } ? key : null;

    private void OnUserChanged(Task<AuthenticationState> state) => _ = FollowAsync(state);

    private async Task FollowAsync(Task<AuthenticationState> state)
    {
        Volatile.Write(ref _latest, state);
        Become(await ContextOfAsync(() => state).ConfigureAwait(false), state);
    }

    // A later change may have overtaken this one.
    private void Become(EvaluationContext user, Task<AuthenticationState>? of)
    {
        if (_isDisposed || Volatile.Read(ref _latest) != of)
            return;
        _reader.Take(user);
        Changed?.Invoke();
    }

    private Task<EvaluationContext> UserAsync() => _users is null ? Task.FromResult(EvaluationContext.Empty) : ContextOfAsync(_users.GetAuthenticationStateAsync);

    private async Task<EvaluationContext> ContextOfAsync(Func<Task<AuthenticationState>> state)
    {
        try
        {
            var user = (await state().ConfigureAwait(false)).User;
            return EvaluationContext.FromPrincipal(user, _options.KeyClaim, _options.IncludeClaim);
        }
        catch (Exception fault)
        {
            _logger.UserUnknown(fault);
            return EvaluationContext.Empty;
        }
    }
}
