using System.Collections.Concurrent;

namespace ModelVault.Benchmarks;

/// <summary>Threads that insert at the same time, each book in a commit of its own.</summary>
internal sealed class Crowd<TContender> : IDisposable
    where TContender : class, IContender
{
    private readonly TContender[] _contenders;
    private readonly Lock? _lock;
    private readonly bool _areOwned;

    private Crowd(TContender[] contenders, Lock? turn, bool areOwned)
    {
        _contenders = contenders;
        _lock = turn;
        _areOwned = areOwned;
    }

    /// <summary>All threads use one contender, one after the other where it is not thread-safe.</summary>
    public static Crowd<TContender> Sharing(int threads, TContender contender, bool isLocked) =>
        new([.. Enumerable.Repeat(contender, threads)], isLocked ? new Lock() : null, areOwned: false);

    /// <summary>Each thread has a contender of its own.</summary>
    public static Crowd<TContender> Each(int threads, Func<TContender> open) => new([.. Enumerable.Range(0, threads).Select(_ => open())], null, areOwned: true);

    public void InsertAll(IEnumerable<Book> books)
    {
        ConcurrentQueue<Book> queue = new(books);
        Thread[] threads = [.. _contenders.Select(contender => new Thread(() => Work(contender, queue)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    public void Dispose()
    {
        if (!_areOwned) return;
        foreach (TContender contender in _contenders) contender.Dispose();
    }

    private void Work(TContender contender, ConcurrentQueue<Book> queue)
    {
        while (queue.TryDequeue(out Book? book))
        {
            if (_lock is null) contender.Insert(book);
            else
                lock (_lock) contender.Insert(book);
        }
    }
}
