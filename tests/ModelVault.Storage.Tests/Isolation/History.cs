using System.Collections.Concurrent;

namespace ModelVault.Storage.Tests.Isolation;

/// <summary>What is known of a run of writers and readers while it goes on: from when on which acts must be seen, and which may be.</summary>
internal sealed class History
{
    private long _acknowledged;
    private long _durable;
    private long _attempted;

    /// <summary>This act has returned: whoever looks from now on sees it, and all before it.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>All acts up to this one survive a power failure from now on.</summary>
    public long Durable => Interlocked.Read(ref _durable);

    /// <summary>No act beyond this one has been committed, nor is being committed.</summary>
    public long Attempted => Interlocked.Read(ref _attempted);

    /// <summary>Who did which act, as its writer was told, with what had returned before it was begun.</summary>
    public ConcurrentDictionary<long, (int Writer, long Before)> Done { get; } = new();

    public void Attempt(long act) => Raise(ref _attempted, act);

    /// <summary>An act has returned.</summary>
    /// <param name="act">Its number.</param>
    /// <param name="writer">Who did it.</param>
    /// <param name="before">What had returned before it was begun.</param>
    /// <param name="isDurable">Whether a power failure cannot take it any more.</param>
    public void Acknowledge(long act, int writer, long before, bool isDurable)
    {
        Assert.True(act > before, $"Act {act} came into the order before {before}, which had returned when it was begun.");
        Assert.True(Done.TryAdd(act, (writer, before)), $"Act {act} was done twice.");
        Raise(ref _acknowledged, act);
        if (isDurable) Raise(ref _durable, act);
    }

    private static void Raise(ref long bound, long value)
    {
        for (var seen = Interlocked.Read(ref bound); seen < value;)
        {
            var found = Interlocked.CompareExchange(ref bound, value, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
