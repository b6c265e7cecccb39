using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

// Writes of all of a query's records: which ones is settled before the first is written, and either all are or none.
public abstract partial class VaultCollection<TModel, TKey>
{
    /// <summary>Changes a query's records, or removes them where no change is given. Returns how many.</summary>
    internal int WriteAll(in QuerySpec spec, RecordChange<TModel>? change) =>
        _context.WriteAlone(_store, (Collection: this, Spec: spec, Change: change), static (tx, s) => s.Collection.WriteAll(tx, s.Spec, s.Change, CancellationToken.None));

    /// <summary>Changes a query's records, or removes them where no change is given. Returns how many.</summary>
    internal Task<int> WriteAllAsync(in QuerySpec spec, RecordChange<TModel>? change, CancellationToken ct) =>
        _context.WriteAloneAsync(
            _store, (Collection: this, Spec: spec, Change: change),
            static (tx, s, ct) => CompletedTask.Of((Transaction: tx, State: s), static (x, ct) => x.State.Collection.WriteAll(x.Transaction, x.State.Spec, x.State.Change, ct), ct),
            ct);

    // In the user's transaction only what was done here is taken back; one of its own is gone as a whole.
    private int WriteAll(WriteTransaction tx, in QuerySpec spec, RecordChange<TModel>? change, CancellationToken ct)
    {
        if (_context is VaultDatabase) return WriteEach(tx, spec, change, ct);
        Savepoint before = tx.Savepoint();
        int count;
        try
        {
            count = WriteEach(tx, spec, change, ct);
        }
        catch
        {
            tx.RollbackTo(before);
            tx.Release(before);
            throw;
        }

        tx.Release(before);
        return count;
    }

    private int WriteEach(WriteTransaction tx, in QuerySpec spec, RecordChange<TModel>? change, CancellationToken ct)
    {
        _store.BindForWrite(tx);
        KeyList keys = KeysOf(tx, spec, ct);
        int count = 0;
        for (int i = 0; i < keys.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (change is null ? Delete(tx, keys[i]) : Change(tx, keys[i].ToArray(), change)) count++;
        }

        return count;
    }

    // A write may move a record to where the query has yet to come, so all are found first. Their keys are enough: nobody else writes meanwhile.
    private KeyList KeysOf(WriteTransaction tx, in QuerySpec spec, CancellationToken ct)
    {
        KeyList keys = new();
        KeyWriter key = new(stackalloc byte[256]);
        using RowCursor cursor = new(new ReadView(tx, null), _store, spec, _context.ScanMonitor);
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            RecordHeader.Read(record, out int start);
            key.Clear();
            _store.Layout.WriteKey(record, start, ref key);
            keys.Add(key.Written);
        }

        key.Dispose();
        return keys;
    }
}
