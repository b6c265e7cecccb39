using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault.Tests.Records;

/// <summary>One field found in several objects at once, against going over each value by value.</summary>
public sealed class FieldsAtTests
{
    [Fact]
    public void A_field_is_found_where_it_is_in_each_of_several_objects_and_missed_where_it_is_not()
    {
        Random random = new(5);
        int inAll = 0, inSome = 0;
        for (int round = 0; round < 20_000; round++)
        {
            (byte[] data, ValuePlace[] places) = Objects(random, static (_, _) => { });
            int ordinal = random.Next(18);
            int[] wanted = [.. places.Select(p => Walk(data, p, ordinal))];
            int[] found = new int[places.Length];
            MessagePackReader.FieldsAt(data, places, ordinal, found);

            Assert.Equal(wanted, found);
            if (Array.TrueForAll(wanted, static w => w >= 0)) inAll++;
            else if (Array.Exists(wanted, static w => w >= 0)) inSome++;
        }

        Assert.True(inAll > 100 && inSome > 100, $"{inAll} {inSome}");
    }

    [Fact]
    public void Damage_is_told_or_leads_no_further_than_the_object()
    {
        Random random = new(6);
        int told = 0;
        for (int round = 0; round < 20_000; round++)
        {
            (byte[] data, ValuePlace[] places) = Objects(random, Damage);
            int ordinal = random.Next(18);
            int[] found = new int[places.Length];
            int[]? wanted = null;
            try
            {
                wanted = [.. places.Select(p => Walk(data, p, ordinal))];
            }
            catch (VaultCorruptionException)
            {
                told++;
            }

            if (wanted is null)
            {
                Assert.Throws<VaultCorruptionException>(() => MessagePackReader.FieldsAt(data, places, ordinal, found));
                continue;
            }

            MessagePackReader.FieldsAt(data, places, ordinal, found);
            Assert.Equal(wanted, found);
        }

        Assert.True(told > 500, $"{told}");
    }

    // What TryEnterField promises, one value after the other. Of a count of fewer than 16 it asks no more than that the field is there.
    private static int Walk(byte[] data, ValuePlace place, int ordinal)
    {
        MessagePackReader reader = new(data.AsSpan(0, place.End), place.Start);
        int count = place.Length > 0 && data[place.Start] is >= 0x90 and <= 0x9f ? data[place.Start] - 0x90 : reader.BeginObject();
        if (reader.Position == place.Start) reader = new MessagePackReader(data.AsSpan(0, place.End), place.Start + 1);
        if (ordinal >= count) return -1;
        for (int i = 0; i < ordinal; i++) reader.Skip();
        return reader.Position;
    }

    private static (byte[] Data, ValuePlace[] Places) Objects(Random random, Action<byte[], Random> change)
    {
        List<byte> data = [];
        ValuePlace[] places = new ValuePlace[random.Next(1, TreeScan.MaxGroup + 1)];
        int most = random.Next(1, 18);
        // Of what has a width that one byte tells most objects are gone over in step; what has not ends that.
        int kinds = random.Next(4) == 0 ? 10 : 6;
        for (int i = 0; i < places.Length; i++)
        {
            byte[] gap = new byte[random.Next(4)], value = Object(random, random.Next(4) == 0 ? random.Next(most + 1) : most, kinds);
            random.NextBytes(gap);
            change(value, random);
            data.AddRange(gap);
            places[i] = new ValuePlace(data.Count, value.Length);
            data.AddRange(value);
        }

        return ([.. data], places);
    }

    private static byte[] Object(Random random, int fields, int kinds)
    {
        MessagePackWriter writer = new(new byte[64]);
        writer.BeginObject(fields);
        for (int i = 0; i < fields; i++) Write(ref writer, random, kinds);
        writer.EndObject();
        return writer.Written.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, Random random, int kinds)
    {
        switch (random.Next(kinds))
        {
            case 0: writer.WriteNull(); break;
            case 1: writer.WriteBoolean(random.Next(2) == 0); break;
            case 2: writer.WriteInt64(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); break;
            case 3: writer.WriteUInt64((ulong)random.NextInt64() >> random.Next(64)); break;
            case 4: writer.WriteDouble(random.NextDouble()); break;
            case 9: writer.WriteBytes(new byte[random.Next(5)]); break;
            case 6: writer.WriteDecimal(random.Next()); break;
            case 7: writer.WriteDateTime(DateTime.UnixEpoch.AddSeconds(random.Next())); break;
            case 8:
                writer.BeginList(2);
                writer.WriteString("in a list");
                writer.WriteInt64(random.Next(300));
                writer.EndList();
                break;
            default: writer.WriteString(new string('t', random.Next(6) switch { 0 => random.Next(5), 1 => 254 + random.Next(4), _ => 28 + random.Next(8) })); break;
        }
    }

    private static void Damage(byte[] value, Random random)
    {
        ReadOnlySpan<byte> likely = [0xc0, 0xc1, 0xc4, 0xc9, 0xcb, 0xcf, 0xd9, 0xda, 0xdb, 0xdc, 0xdf, 0xbf, 0x9f, 0x8f, 0xff];
        if (random.Next(3) > 0 && value.Length > 0) value[random.Next(value.Length)] = random.Next(2) == 0 ? likely[random.Next(likely.Length)] : (byte)random.Next(256);
    }
}
