using System.Buffers.Binary;
using ModelVault.Runtime;

namespace ModelVault.Tests.Records;

/// <summary>Small inputs that ask for much: lengths that nothing stands behind, and nesting without end.</summary>
public sealed class MessagePackBombTests
{
    // An error with its message and its stack trace, and a model's own objects; a bomb that went off would be a thousand times more.
    private const long SomeObjects = 32 * 1024;

    [Fact]
    public void A_length_that_nothing_stands_behind_is_refused_by_every_reader_and_allocates_nothing()
    {
        foreach (ValueRead read in ValueRead.All)
        {
            foreach (byte[] bomb in EncodedValue.LengthBombs())
                AssertDamaged(() => read.PositionAfter(bomb), SomeObjects, $"{read}: {Convert.ToHexString(bomb)}");
        }
    }

    [Fact]
    public void A_length_that_nothing_stands_behind_is_refused_in_every_field_of_a_model_and_allocates_nothing()
    {
        foreach (StoredSample sample in StoredSample.All)
        {
            foreach (byte[] bomb in EncodedValue.LengthBombs())
            {
                AssertDamaged(() => sample.Read(bomb), SomeObjects, Convert.ToHexString(bomb));
                for (int field = 0; field < sample.Fields.Count; field++)
                {
                    // At the very end, where next to nothing follows.
                    byte[] changed = sample.UpTo(field, bomb);
                    string what = $"{sample.Fields[field].Name}: {Convert.ToHexString(bomb)}";
                    AssertDamaged(() => sample.Read(changed), SomeObjects, what);
                    AssertDamaged(() => sample.ReadDynamic(changed), 2 * SomeObjects, what);
                    AssertDamaged(() => sample.WriteJson(changed), 2 * SomeObjects, what);
                    AssertDamaged(() => sample.Validate(changed), 2 * SomeObjects, what);
                }
            }
        }
    }

    [Fact]
    public void Lists_in_lists_cannot_each_ask_for_room_for_all_that_is_left()
    {
        const int levels = 60, length = 100_000;
        byte[] bytes = new byte[length];
        for (int level = 0; level < levels; level++)
        {
            bytes[5 * level] = 0xdd;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5 * level + 1), (uint)(length - 5 * (level + 1)));
        }

        FieldTypeSchema type = new() { Kind = FieldKind.Int64 };
        for (int level = 0; level < levels; level++) type = new FieldTypeSchema { Kind = FieldKind.List, Element = type };
        RecordType list = RecordType.Of(type);
        AssertDamaged(
            () =>
            {
                MessagePackReader reader = new(bytes);
                list.Read(ref reader);
            },
            length * (long)IntPtr.Size + SomeObjects, "nested lists");
    }

    [Fact]
    public void Values_nest_to_the_limit_and_no_deeper_whether_they_are_read_or_skipped()
    {
        foreach (byte[] level in (byte[][])[[0x91], [0x81, 0xa0], [0xdc, 0, 1], [0xdf, 0, 0, 0, 1, 0xc0]])
        {
            byte[] deepest = Nested(level, MessagePackCode.MaxDepth, innermost: [0xc0]);
            byte[] tooDeep = Nested(level, MessagePackCode.MaxDepth, innermost: [0x90]);
            Assert.Equal(deepest.Length, Skipped(deepest));
            Assert.Equal(deepest.Length, Entered(deepest, level[0] is 0x81 or 0xdf));
            Assert.Throws<VaultCorruptionException>(() => Skipped(tooDeep));
            Assert.Throws<VaultCorruptionException>(() => Entered([.. Nested(level, MessagePackCode.MaxDepth + 1, innermost: [0xc0])], level[0] is 0x81 or 0xdf));
        }
    }

    [Fact]
    public void What_is_skipped_inside_an_object_nests_to_the_same_limit()
    {
        foreach (StoredSample sample in StoredSample.All)
        {
            sample.Read(sample.WithFieldBehind(Nested([0x91], MessagePackCode.MaxDepth - 1, innermost: [0xc0])));
            byte[] tooDeep = sample.WithFieldBehind(Nested([0x91], MessagePackCode.MaxDepth, innermost: [0xc0]));
            Assert.Throws<VaultCorruptionException>(() => sample.Read(tooDeep));
            Assert.Throws<VaultCorruptionException>(() => sample.ReadDynamic(tooDeep));
        }
    }

    [Fact]
    public void Nesting_without_end_ends_in_an_error_on_the_smallest_stack()
    {
        const int levels = 100_000;
        Exception?[] errors = [];
        Thread thread = new(
            () =>
            {
                List<Exception?> found = [];
                foreach (byte[] level in (byte[][])[[0x91], [0x92, 0xc0], [0x81, 0xa0], [0x81], [0xdd, 0, 0, 0, 1], [0xdf, 0, 0, 0, 1, 0x00]])
                {
                    byte[] bomb = Nested(level, levels, innermost: [0xc0]);
                    found.Add(Record.Exception(() => StoredSample.Skip(bomb)));
                    foreach (StoredSample sample in StoredSample.All)
                    {
                        byte[] behind = sample.WithFieldBehind(bomb);
                        found.Add(Record.Exception(() => sample.Read(bomb)));
                        found.Add(Record.Exception(() => sample.Read(behind)));
                        found.Add(Record.Exception(() => sample.ReadDynamic(behind)));
                        for (int field = 0; field < sample.Fields.Count; field++)
                        {
                            byte[] changed = sample.With(field, bomb);
                            found.Add(Record.Exception(() => sample.Read(changed)));
                            found.Add(Record.Exception(() => sample.ReadDynamic(changed)));
                            found.Add(Record.Exception(() => sample.WriteJson(changed)));
                        }
                    }
                }

                errors = [.. found];
            },
            maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.NotEmpty(errors);
        Assert.All(errors, static e => Assert.IsType<VaultCorruptionException>(e));
    }

    private static byte[] Nested(byte[] level, int levels, byte[] innermost) => [.. Enumerable.Repeat(level, levels).SelectMany(static l => l), .. innermost];

    private static int Skipped(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        reader.Skip();
        return reader.Position;
    }

    private static int Entered(byte[] bytes, bool isMap)
    {
        MessagePackReader reader = new(bytes);
        while (reader.Position < bytes.Length - 1)
        {
            if (isMap) reader.BeginMap();
            else reader.BeginList();
            if (isMap) reader.Skip();
        }

        reader.Skip();
        return reader.Position;
    }

    // The first call allocates what is made once: types, generated code, resources of messages.
    private static void AssertDamaged(Action read, long bytes, string what)
    {
        Record.Exception(read);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(read);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(error is VaultCorruptionException, $"{what}: {error?.ToString() ?? "was read"}");
        Assert.True(allocated <= bytes, $"{what}: {allocated} bytes were allocated");
    }
}
