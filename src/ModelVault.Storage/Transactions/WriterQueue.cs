using System.Diagnostics.CodeAnalysis;

namespace ModelVault.Storage;

/// <summary>Somebody who wants to write.</summary>
internal abstract class WriteRequest
{
    /// <summary>Where it stands in the queue; null when it has not waited, or no longer does.</summary>
    public LinkedListNode<WriteRequest>? Place { get; set; }

    /// <summary>It has the writer from here on, and passes it on with <see cref="WriterQueue.Exit"/>.</summary>
    public abstract void Grant();

    /// <summary>It will never get the writer.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>
/// The right to write, which one has at a time, and those who wait for it in the order in which they came: transactions and
/// members of groups, those that block and those that await. Nobody gets it ahead of somebody who came before.
/// </summary>
internal sealed class WriterQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<WriteRequest> _waiting = new();
    private bool _isHeld;
    private bool _isClosed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Takes the writer if nobody has it: then nobody waits for it either.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            ThrowIfClosed();
            return !_isHeld && (_isHeld = true);
        }
    }

    /// <summary>Takes the writer (true), or gets into the queue; <see cref="WriteRequest.Grant"/> is then called when its turn comes.</summary>
    public bool Enter(WriteRequest request)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            if (!_isHeld) return _isHeld = true;
            request.Place = _waiting.AddLast(request);
            return false;
        }
    }

    /// <summary>Leaves the queue; false when the turn has come.</summary>
    public bool TryLeave(WriteRequest request)
    {
        lock (_gate)
        {
            if (request.Place is not { } place) return false;
            _waiting.Remove(place);
            request.Place = null;
            return true;
        }
    }

    /// <summary>Takes the members of groups that stand first in the queue, for who has the writer to take along.</summary>
    public void TakeMembers(List<GroupMember> members)
    {
        lock (_gate)
        {
            while (_waiting.First?.Value is GroupMember)
            {
                TryTakeFirst(out var member);
                members.Add((GroupMember)member!);
            }
        }
    }

    /// <summary>Passes the writer on to who stands first.</summary>
    public void Exit()
    {
        WriteRequest? next;
        lock (_gate) _isHeld = TryTakeFirst(out next);
        Interleaving.Point();
        next?.Grant();
    }

    /// <summary>Those who still wait fail, and nobody comes in any more.</summary>
    public void Close()
    {
        var refused = new List<WriteRequest>();
        lock (_gate)
        {
            _isClosed = true;
            while (TryTakeFirst(out var request)) refused.Add(request);
        }

        foreach (var request in refused) request.Fail(new ObjectDisposedException(typeof(StorageEngine).FullName));
    }

    private bool TryTakeFirst([NotNullWhen(true)] out WriteRequest? request)
    {
        request = _waiting.First?.Value;
        if (request is null) return false;
        _waiting.RemoveFirst();
        request.Place = null;
        return true;
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_isClosed, typeof(StorageEngine));
}
