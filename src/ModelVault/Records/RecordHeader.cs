using System.Runtime.CompilerServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// What stands before a stored record's fields: the version of the schema it was written under, as a MessagePack integer.
/// The fields follow as one MessagePack array in schema order.
/// </summary>
internal static class RecordHeader
{
    public static void Write(ref MessagePackWriter writer, int schemaVersion) => writer.WriteUInt64((ulong)schemaVersion);

    /// <summary>Reads the version and where the fields begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> record, out int start)
    {
        // Versions up to 127 are one byte.
        if (record.Length > 0 && record[0] <= MessagePackCode.PositiveFixIntMax)
        {
            start = 1;
            return record[0];
        }

        return ReadLong(record, out start);
    }

    private static int ReadLong(ReadOnlySpan<byte> record, out int start)
    {
        MessagePackReader reader = new(record);
        int version = Narrow.ToInt32(reader.ReadInt64());
        start = reader.Position;
        return version;
    }
}
