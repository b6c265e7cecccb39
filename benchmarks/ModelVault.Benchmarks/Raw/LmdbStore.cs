using System.Runtime.InteropServices;

namespace ModelVault.Benchmarks;

/// <summary>LMDB, where the system has it: reads in a read transaction, keys compared as bytes.</summary>
internal sealed class LmdbStore : IRawStore
{
    private const long MapSize = 64L << 30;
    private readonly RawRows _rows;
    private readonly nint _environment;
    private readonly uint _table;
    private readonly PinnedBytes _key;
    private readonly PinnedBytes _value = new(RawRows.ValueSize);

    public LmdbStore(string path, RawRows rows)
    {
        _rows = rows;
        _key = new PinnedBytes(rows.KeySize);
        Lmdb.Check(Lmdb.mdb_env_create(out _environment));
        Lmdb.Check(Lmdb.mdb_env_set_mapsize(_environment, unchecked((nint)MapSize)));
        Lmdb.Check(Lmdb.mdb_env_open(_environment, path, Lmdb.NoSubdirectory, 0b110_100_100));
        Write(transaction =>
        {
            Lmdb.Check(Lmdb.mdb_dbi_open(transaction, 0, 0, out uint table));
            return table;
        }, out _table);
    }

    public void Insert(ReadOnlySpan<long> numbers) => Put(numbers.ToArray(), 0);

    public void Update(ReadOnlySpan<long> numbers) => Put(numbers.ToArray(), 1);

    public void Delete(ReadOnlySpan<long> numbers)
    {
        long[] all = numbers.ToArray();
        Write(transaction =>
        {
            foreach (long number in all)
            {
                _rows.WriteKey(number, _key.Span);
                LmdbBytes key = _key.Native;
                Lmdb.Check(Lmdb.mdb_del(transaction, _table, ref key, 0));
            }

            return 0;
        }, out _);
    }

    public IRawReader OpenReader() => new Reader(this);

    public void Dispose() => Lmdb.mdb_env_close(_environment);

    private void Put(long[] numbers, long added) => Write(transaction =>
    {
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, _key.Span);
            RawRows.WriteValue(number + added, _value.Span);
            LmdbBytes key = _key.Native, value = _value.Native;
            Lmdb.Check(Lmdb.mdb_put(transaction, _table, ref key, ref value, 0));
        }

        return 0;
    }, out _);

    private void Write<TResult>(Func<nint, TResult> write, out TResult result)
    {
        Lmdb.Check(Lmdb.mdb_txn_begin(_environment, 0, 0, out nint transaction));
        result = write(transaction);
        Lmdb.Check(Lmdb.mdb_txn_commit(transaction));
    }

    private sealed class Reader : IRawReader
    {
        private readonly LmdbStore _store;
        private readonly nint _transaction;

        public Reader(LmdbStore store)
        {
            _store = store;
            Lmdb.Check(Lmdb.mdb_txn_begin(store._environment, 0, Lmdb.ReadOnly, out _transaction));
        }

        public long Get(ReadOnlySpan<byte> key)
        {
            key.CopyTo(_store._key.Span);
            LmdbBytes native = _store._key.Native;
            return Lmdb.mdb_get(_transaction, _store._table, ref native, out LmdbBytes value) == 0 ? Digest(value) : -1;
        }

        public (long Rows, long Sum) Scan()
        {
            Lmdb.Check(Lmdb.mdb_cursor_open(_transaction, _store._table, out nint cursor));
            long rows = 0, sum = 0;
            while (Lmdb.mdb_cursor_get(cursor, out LmdbBytes key, out LmdbBytes value, Lmdb.Next) == 0)
            {
                rows++;
                sum += Marshal.ReadByte(key.Address, (int)key.Size - 1) + Digest(value);
            }

            Lmdb.mdb_cursor_close(cursor);
            return (rows, sum);
        }

        public void Dispose() => Lmdb.mdb_txn_abort(_transaction);

        // What RawRows.Digest takes, from native memory.
        private static long Digest(LmdbBytes value) =>
            value.Size + Marshal.ReadByte(value.Address) + ((long)Marshal.ReadByte(value.Address, (int)value.Size - 8) << 8);
    }

    private sealed class PinnedBytes(int size)
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>(size, pinned: true);

        public Span<byte> Span => _bytes;

        public LmdbBytes Native => new(_bytes.Length, Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0));
    }
}
