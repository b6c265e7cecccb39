using System.Diagnostics;

namespace ModelVault.Storage;

/// <summary>
/// Places between steps that other threads can see. A test that runs threads under an <see cref="ISchedule"/> decides at each of
/// them who goes on, so that one seed is one interleaving. Release builds do not have the calls.
/// </summary>
/// <remarks>None of these places is inside a lock, but for locks that are announced with <see cref="BeforeLock"/>.</remarks>
internal static class Interleaving
{
    private static readonly AsyncLocal<ISchedule?> s_schedule = new();

    /// <summary>The schedule that the calling thread, and whatever threads it starts, run under; null but in a test.</summary>
    public static ISchedule? Schedule
    {
        get => s_schedule.Value;
        set => s_schedule.Value = value;
    }

    /// <summary>Another thread may go on here.</summary>
    [Conditional("DEBUG")]
    public static void Point() => Schedule?.Point();

    /// <summary>A lock is about to be taken that may be held by a thread that is not running.</summary>
    [Conditional("DEBUG")]
    public static void BeforeLock(Lock gate) => Schedule?.BeforeLock(gate);

    /// <summary>A thread of the engine's own has been given something to do.</summary>
    [Conditional("DEBUG")]
    public static void WorkPosted(FlushThread worker) => Schedule?.WorkPosted(worker);

    /// <summary>The calling thread begins what it was given to do.</summary>
    [Conditional("DEBUG")]
    public static void WorkBegins(FlushThread worker) => Schedule?.WorkBegins(worker);

    /// <summary>The calling thread has done one thing that it was given to do.</summary>
    [Conditional("DEBUG")]
    public static void WorkEnds(FlushThread worker) => Schedule?.WorkEnds(worker);
}

/// <summary>Decides which one of several threads runs; see <see cref="Interleaving"/>.</summary>
internal interface ISchedule
{
    void Point();

    void BeforeLock(Lock gate);

    void WorkPosted(FlushThread worker);

    void WorkBegins(FlushThread worker);

    void WorkEnds(FlushThread worker);
}
