using System.Globalization;
using System.Runtime.ExceptionServices;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Runs something on a thread that is as a host's thread may be: of little stack, or of some culture.</summary>
internal static class OwnThread
{
    private const int SmallStack = 256 * 1024;

    public static T WithSmallStack<T>(Func<T> run) => Run(run, CultureInfo.InvariantCulture, SmallStack);

    public static T WithCulture<T>(string culture, Func<T> run) => Run(run, CultureInfo.GetCultureInfo(culture), 0);

    private static T Run<T>(Func<T> run, CultureInfo culture, int stack)
    {
        var result = default(T);
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = run();
            }
            catch (Exception thrown)
            {
                fault = ExceptionDispatchInfo.Capture(thrown);
            }
        }, stack)
        {
            CurrentCulture = culture,
            CurrentUICulture = culture,
        };
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result!;
    }
}
