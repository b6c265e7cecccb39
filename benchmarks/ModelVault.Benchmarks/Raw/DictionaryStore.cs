using System.Buffers.Binary;

namespace ModelVault.Benchmarks;

/// <summary>A dictionary in memory: what a get costs without a database.</summary>
internal sealed class DictionaryStore : IRawStore, IRawReader
{
    private readonly Dictionary<long, byte[]> _values = [];

    public void Insert(ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers)
        {
            byte[] value = new byte[RawRows.ValueSize];
            RawRows.WriteValue(number, value);
            _values.Add(number, value);
        }
    }

    public void Update(ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers) RawRows.WriteValue(number + 1, _values[number]);
    }

    public void Delete(ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers) _values.Remove(number);
    }

    public IRawReader OpenReader() => this;

    public long Get(ReadOnlySpan<byte> key) => _values.TryGetValue(BinaryPrimitives.ReadInt64BigEndian(key), out byte[]? value) ? RawRows.Digest(value) : -1;

    public (long Rows, long Sum) Scan() => (_values.Count, _values.Sum(static row => (byte)row.Key + RawRows.Digest(row.Value)));

    public void Dispose()
    {
    }
}
