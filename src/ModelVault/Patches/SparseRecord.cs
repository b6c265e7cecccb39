using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Some of a record's fields, as MessagePack: an object is a map from the places of its fields to their values. A value that is
/// such a map itself changes the object's fields that it has; anything else, an object as an array too, replaces what is there.
/// </summary>
internal static class SparseRecord
{
    /// <summary>An object of which no field is there.</summary>
    public static ReadOnlySpan<byte> Empty => [MessagePackCode.FixMap];

    /// <summary>Stands for a field that goes back to what its type gives it: an extension that no value has.</summary>
    public static ReadOnlySpan<byte> Removed => [MessagePackCode.FixExt1, 126, 0];

    /// <summary>The record of which only the field at the end of a path is there.</summary>
    public static byte[] Of(ReadOnlySpan<int> path, ReadOnlySpan<byte> value)
    {
        MessagePackWriter writer = new(new byte[value.Length + 16]);
        foreach (int ordinal in path)
        {
            writer.WriteByte(MessagePackCode.FixMap | 1);
            writer.WriteUInt64((ulong)ordinal);
        }

        writer.WriteRaw(value);
        return writer.Written.ToArray();
    }

    /// <summary>Puts the fields of one object over those of another.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="below">What is there: an array, a map, or null, which becomes an object of what is put over it.</param>
    /// <param name="above">What is put over it: a map.</param>
    /// <param name="removed">What becomes of fields that are removed and can't be null.</param>
    /// <param name="writer">Takes a map.</param>
    public static void Merge(FieldTypeSchema type, ReadOnlySpan<byte> below, ReadOnlySpan<byte> above, RemovedFields removed, ref MessagePackWriter writer)
    {
        Range[] old = Places(type, below), @new = Places(type, above);
        int start = writer.Length, count = 0;
        for (int i = 0; i < type.Fields.Length; i++)
        {
            ReadOnlySpan<byte> value = above[@new[i]];
            FieldTypeSchema field = type.Fields[i].Type;
            if (value.IsEmpty)
            {
                if ((value = below[old[i]]).IsEmpty) continue;
            }
            else if (value.SequenceEqual(Removed))
            {
                if (!field.IsOptional && removed == RemovedFields.Refused) throw new JsonException($"'{type.Fields[i].Name}' goes back to what its type gives it, which JSON can't say.");
                if (!field.IsOptional) continue;
                value = [MessagePackCode.Nil];
            }

            writer.WriteUInt64((ulong)i);
            if (IsChange(field, value) && !above[@new[i]].IsEmpty) Merge(field, below[old[i]], value, removed, ref writer);
            else writer.WriteRaw(value);
            count++;
        }

        writer.InsertMapHeader(start, count);
    }

    /// <summary>Where the fields of an object stand in it; an empty range for one that is not there.</summary>
    public static Range[] Places(FieldTypeSchema type, ReadOnlySpan<byte> value)
    {
        Range[] places = new Range[type.Fields.Length];
        MessagePackReader reader = new(value);
        if (value.IsEmpty || value.SequenceEqual(Removed) || reader.TryReadNull()) return places;
        bool isSparse = reader.NextIsMap();
        int count = isSparse ? reader.BeginMap() : reader.BeginObject();
        for (int i = 0; i < count; i++)
        {
            int ordinal = isSparse ? (int)reader.ReadInt64() : i, start = reader.Position;
            reader.Skip();
            if (ordinal < places.Length) places[ordinal] = start..reader.Position;
        }

        return places;
    }

    private static bool IsChange(FieldTypeSchema type, ReadOnlySpan<byte> value) => type.Kind == FieldKind.Object && new MessagePackReader(value).NextIsMap();
}

/// <summary>What becomes of fields that are removed and can't be null.</summary>
internal enum RemovedFields
{
    /// <summary>They are left out, for their type to give them a value.</summary>
    LeftOut,

    /// <summary>They are an error.</summary>
    Refused,
}
