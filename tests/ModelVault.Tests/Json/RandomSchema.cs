using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault.Tests.Json;

/// <summary>Makes random schemas, and random values of them as MessagePack.</summary>
internal sealed class RandomSchema(int seed)
{
    private static readonly FieldKind[] Scalars = [.. Enum.GetValues<FieldKind>().Where(static k => new FieldTypeSchema { Kind = k }.IsScalar)];
    private static readonly FieldKind[] MapKeys = [FieldKind.String, FieldKind.Int64, FieldKind.UInt64, FieldKind.Uuid];

    private readonly Random _random = new(seed);

    public FieldTypeSchema Object(int depth) => new()
    {
        Kind = FieldKind.Object,
        Fields = [.. Enumerable.Range(0, _random.Next(1, 8)).Select(i => new FieldSchema($"{(char)('a' + i)}{(_random.Next(4) == 0 ? "é\"<" : "")}", Type(depth - 1)))],
    };

    public byte[] Value(FieldTypeSchema type)
    {
        MessagePackWriter writer = new(new byte[16]);
        Write(type, ref writer);
        return writer.Written.ToArray();
    }

    private FieldTypeSchema Type(int depth)
    {
        FieldTypeSchema type = (depth <= 0 ? 0 : _random.Next(9)) switch
        {
            4 => Object(depth),
            5 => new() { Kind = FieldKind.List, Element = Type(depth - 1) },
            6 => new() { Kind = FieldKind.Map, MapKey = new() { Kind = MapKeys[_random.Next(MapKeys.Length)] }, Element = Type(depth - 1) },
            7 => new() { Kind = FieldKind.Set, Element = (_random.Next(2) == 0 ? Object(depth - 1) : Type(0)) with { IsOptional = false } },
            8 => new() { Kind = FieldKind.Union, UnionCases = [new("circle", Object(depth - 1).Fields), new("square", Object(depth - 1).Fields)] },
            _ => new() { Kind = Scalars[_random.Next(Scalars.Length)], Cases = ImmutableArray.Create(("One", 1L), ("Two", 2L), ("Minus", -1L)), IsEnumStoredByNumber = _random.Next(2) == 0 },
        };
        return type with { IsOptional = _random.Next(3) == 0 };
    }

    private void Write(FieldTypeSchema type, ref MessagePackWriter writer)
    {
        if (type.IsOptional && _random.Next(3) == 0)
        {
            writer.WriteNull();
            return;
        }

        switch (type.Kind)
        {
            case FieldKind.Object:
                writer.BeginObject(type.Fields.Length);
                foreach (FieldSchema field in type.Fields) Write(field.Type, ref writer);
                writer.EndObject();
                break;
            case FieldKind.List:
                int items = _random.Next(20);
                writer.BeginList(items);
                for (int i = 0; i < items; i++) Write(type.Element!, ref writer);
                writer.EndList();
                break;
            case FieldKind.Set:
                MessagePackWriter list = new(new byte[16]);
                Write(type with { Kind = FieldKind.List, IsOptional = false }, ref list);
                StoredSet.Write(type.Element!, list.Written.ToArray(), ref writer);
                break;
            case FieldKind.Union:
                UnionCaseSchema chosen = type.UnionCases[_random.Next(2)];
                writer.BeginUnion(System.Text.Encoding.UTF8.GetBytes(chosen.Name));
                Write(new FieldTypeSchema { Kind = FieldKind.Object, Fields = chosen.Fields }, ref writer);
                writer.EndUnion();
                break;
            case FieldKind.Map:
                int entries = _random.Next(20);
                writer.BeginMap(entries);
                for (int i = 0; i < entries; i++)
                {
                    WriteKey(type.MapKey!.Kind, i, ref writer);
                    Write(type.Element!, ref writer);
                }

                writer.EndMap();
                break;
            default:
                WriteScalar(type, ref writer);
                break;
        }
    }

    private void WriteKey(FieldKind kind, int i, ref MessagePackWriter writer)
    {
        switch (kind)
        {
            case FieldKind.String: writer.WriteMapKey($"{Text()}{i}"); break;
            case FieldKind.Uuid: writer.WriteMapKey(NewGuid()); break;
            case FieldKind.UInt64: writer.WriteMapKey(ulong.MaxValue - (ulong)i); break;
            default: writer.WriteMapKey(i - 10L); break;
        }
    }

    private void WriteScalar(FieldTypeSchema type, ref MessagePackWriter writer)
    {
        switch (type.Kind)
        {
            case FieldKind.Bool: writer.WriteBoolean(_random.Next(2) == 0); break;
            case FieldKind.Int64: writer.WriteInt64(Bits()); break;
            case FieldKind.UInt64: writer.WriteUInt64((ulong)Bits()); break;
            case FieldKind.Int128: writer.WriteInt128(new Int128((ulong)Bits(), (ulong)Bits()) >> _random.Next(128)); break;
            case FieldKind.UInt128: writer.WriteUInt128(new UInt128((ulong)Bits(), (ulong)Bits()) >> _random.Next(128)); break;
            case FieldKind.Float16: writer.WriteHalf(_random.Next(5) == 0 ? (Half)Special() : BitConverter.UInt16BitsToHalf((ushort)(_random.Next() & 0xfbff))); break;
            case FieldKind.Float32: writer.WriteSingle(_random.Next(5) == 0 ? Special() : BitConverter.Int32BitsToSingle((int)_random.NextInt64() & ~0x00800000)); break;
            case FieldKind.Float64: writer.WriteDouble(_random.Next(5) == 0 ? Special() : BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue) & ~0x0010000000000000)); break;
            case FieldKind.Decimal: writer.WriteDecimal(Decimal()); break;
            case FieldKind.Char: writer.WriteUInt64((ulong)_random.Next(char.MaxValue + 1)); break;
            case FieldKind.String: writer.WriteString(Text()); break;
            case FieldKind.Bytes: writer.WriteBytes(RandomBytes(_random.Next(40))); break;
            case FieldKind.Uuid: writer.WriteGuid(NewGuid()); break;
            case FieldKind.DateTime: writer.WriteDateTime(new DateTime(Ticks(), (DateTimeKind)_random.Next(3))); break;
            case FieldKind.TimestampTz: writer.WriteDateTimeOffset(new DateTimeOffset(Ticks(), TimeSpan.FromMinutes(_random.Next(-840, 841)))); break;
            case FieldKind.Date: writer.WriteDateOnly(DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber + 1))); break;
            case FieldKind.Time: writer.WriteTimeOnly(new TimeOnly(_random.NextInt64(TimeOnly.MaxValue.Ticks + 1))); break;
            case FieldKind.Duration: writer.WriteTimeSpan(new TimeSpan(Bits())); break;
            case FieldKind.Uri: writer.WriteUri(new Uri(((string[])["https://example.com/a?b=c", "http://EXAMPLE.com/é", "relative/path", "mailto:a@b.c"])[_random.Next(4)], UriKind.RelativeOrAbsolute)); break;
            case FieldKind.Version: writer.WriteVersion(Version()); break;
            case FieldKind.Enum: WriteEnum(type, ref writer); break;
            default: throw new NotSupportedException($"{type.Kind} has no random values yet.");
        }
    }

    private void WriteEnum(FieldTypeSchema type, ref MessagePackWriter writer)
    {
        (string name, long value) = type.Cases[_random.Next(type.Cases.Length)];
        if (_random.Next(5) == 0) writer.WriteInt64(77);
        else if (type.IsEnumStoredByNumber) writer.WriteInt64(value);
        else writer.WriteString(name);
    }

    // Small ones too; JSON has no sign of a zero.
    private decimal Decimal()
    {
        int low = (int)Bits(), middle = _random.Next(2) * (int)Bits(), high = _random.Next(2) * (int)Bits();
        return new decimal(low, middle, high, (low | middle | high) != 0 && _random.Next(2) == 0, (byte)_random.Next(29));
    }

    private Version Version() => _random.Next(3) switch
    {
        0 => new Version(_random.Next(100), _random.Next()),
        1 => new Version(_random.Next(100), _random.Next(), 0),
        _ => new Version(0, 0, _random.Next(100), _random.Next()),
    };

    private float Special() => _random.Next(4) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => -0f };

    private long Bits() => _random.NextInt64() >> _random.Next(64) ^ -_random.Next(2);

    // Far enough from the ends that no offset leads beyond them.
    private long Ticks() => _random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);

    private Guid NewGuid() => new(RandomBytes(16));

    private byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(30)).Select(_ => ((string[])["a", "Z", "é", "漢", "😀", "\"", "\\", "\0", "\n", "<", "\u2028"])[_random.Next(11)]));
}
