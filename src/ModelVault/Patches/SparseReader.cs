using System.Globalization;
using System.Text;

namespace ModelVault.Runtime;

/// <summary>
/// Reads what <see cref="SparseRecord"/> makes: stored MessagePack in which an object may also be a map from the places of its
/// fields to their values, so that one that is not there keeps what its type gives it. Knows at any time which value it is at.
/// </summary>
internal ref struct SparseReader : IRecordReader
{
    private readonly Span<int> _places;
    private MessagePackReader _inner;
    private int _level;
    private ulong _sparse;

    /// <summary>Makes a reader.</summary>
    /// <param name="data">The value.</param>
    /// <param name="places">Room for a place at each of <see cref="MessagePackCode.MaxDepth"/> levels.</param>
    public SparseReader(ReadOnlySpan<byte> data, Span<int> places)
    {
        _inner = new MessagePackReader(data);
        _places = places;
    }

    /// <summary>Where the reader is, in stored names; in a map by the place of the entry.</summary>
    public readonly string PathIn(FieldTypeSchema type)
    {
        StringBuilder path = new();
        for (int i = 0; i < _level; i++)
        {
            if (type.Kind == FieldKind.Object)
            {
                FieldSchema field = type.Fields[_places[i]];
                path.Append(path.Length > 0 ? "." : "").Append(field.Name);
                type = field.Type;
            }
            else if (type.Kind == FieldKind.Union)
            {
                type = type.UnionCases[_places[i]].Type;
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"[{_places[i]}]");
                type = type.Element!;
            }
        }

        return path.ToString();
    }

    public int BeginObject()
    {
        bool isSparse = _inner.NextIsMap();
        int count = isSparse ? _inner.BeginMap() : _inner.BeginObject();
        _sparse = _sparse << 1 | (isSparse ? 1UL : 0);
        _places[_level++] = 0;
        return count;
    }

    public bool NextField(FieldNames names, int index, int count, out int ordinal)
    {
        if ((_sparse & 1) == 0) _inner.NextField(names, index, count, out ordinal);
        else ordinal = index < count ? (int)_inner.ReadInt64() : -1;
        _places[_level - 1] = ordinal;
        return index < count;
    }

    public void EndObject()
    {
        _inner.EndObject();
        _sparse >>= 1;
        _level--;
    }

    public int BeginUnion(UnionCases cases) => _places[_level++] = _inner.BeginUnion(cases);

    public void EndUnion()
    {
        _inner.EndUnion();
        _level--;
    }

    public int BeginList()
    {
        int count = _inner.BeginList();
        _places[_level++] = 0;
        return count;
    }

    public int BeginMap()
    {
        int count = _inner.BeginMap();
        _places[_level++] = 0;
        return count;
    }

    public readonly bool NextItem(int index, int count)
    {
        _places[_level - 1] = index;
        return index < count;
    }

    public void EndList()
    {
        _inner.EndList();
        _level--;
    }

    public void EndMap()
    {
        _inner.EndMap();
        _level--;
    }

    public string ReadMapKeyString() => _inner.ReadMapKeyString();

    public long ReadMapKeyInt64() => _inner.ReadMapKeyInt64();

    public ulong ReadMapKeyUInt64() => _inner.ReadMapKeyUInt64();

    public Guid ReadMapKeyGuid() => _inner.ReadMapKeyGuid();

    public bool TryReadNull() => _inner.TryReadNull();

    public void Skip() => _inner.Skip();

    public bool ReadBoolean() => _inner.ReadBoolean();

    public long ReadInt64() => _inner.ReadInt64();

    public ulong ReadUInt64() => _inner.ReadUInt64();

    public Int128 ReadInt128() => _inner.ReadInt128();

    public UInt128 ReadUInt128() => _inner.ReadUInt128();

    public Half ReadHalf() => _inner.ReadHalf();

    public float ReadSingle() => _inner.ReadSingle();

    public double ReadDouble() => _inner.ReadDouble();

    public decimal ReadDecimal() => _inner.ReadDecimal();

    public string ReadString() => _inner.ReadString();

    public TEnum ReadEnum<TEnum>(EnumNames<TEnum> names) where TEnum : struct, Enum => _inner.ReadEnum(names);

    public byte[] ReadBytes() => _inner.ReadBytes();

    public Guid ReadGuid() => _inner.ReadGuid();

    public DateTime ReadDateTime() => _inner.ReadDateTime();

    public DateTimeOffset ReadDateTimeOffset() => _inner.ReadDateTimeOffset();

    public DateOnly ReadDateOnly() => _inner.ReadDateOnly();

    public TimeOnly ReadTimeOnly() => _inner.ReadTimeOnly();

    public TimeSpan ReadTimeSpan() => _inner.ReadTimeSpan();

    public Uri ReadUri() => _inner.ReadUri();

    public Version ReadVersion() => _inner.ReadVersion();
}
