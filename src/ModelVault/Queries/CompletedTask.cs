namespace ModelVault;

/// <summary>
/// The asynchronous form of a read. Reads come from the page cache and never wait for a writer, so they complete on the
/// caller's thread; errors and cancellation come through the task all the same.
/// </summary>
internal static class CompletedTask
{
    public static Task<T> Of<TState, T>(TState state, Func<TState, CancellationToken, T> read, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return Task.FromCanceled<T>(ct);
        try
        {
            return Task.FromResult(read(state, ct));
        }
        catch (OperationCanceledException e) when (e.CancellationToken == ct)
        {
            return Task.FromCanceled<T>(ct);
        }
#pragma warning disable CA1031 // whatever the read throws belongs to the task
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<T>(e);
        }
    }
}
