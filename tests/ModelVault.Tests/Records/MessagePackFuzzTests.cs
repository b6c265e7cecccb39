using System.Globalization;

namespace ModelVault.Tests.Records;

/// <summary>Damage of every sort: cut-off, random and changed bytes. Errors, memory and time stay within bounds.</summary>
public sealed class MessagePackFuzzTests
{
    // Errors with their stack traces, and what a whole model has at the least.
    private const long SomeObjects = 64 * 1024;

    // One byte of input can be an empty object: the largest of our models is what it becomes.
    private const int MostPerByte = 256;

    private static readonly int Inputs = (int)(100_000 * TestScale.Or(0.3));

    [Fact]
    public void A_record_that_is_cut_off_anywhere_is_refused_by_every_reader()
    {
        foreach (StoredSample sample in StoredSample.All)
        {
            for (int length = 0; length < sample.Bytes.Length; length++)
            {
                byte[] cut = sample.Bytes[..length];
                Assert.Throws<VaultCorruptionException>(() => sample.Read(cut));
                Assert.Throws<VaultCorruptionException>(() => sample.ReadDynamic(cut));
                Assert.Throws<VaultCorruptionException>(() => sample.WriteJson(cut));
                Assert.Throws<VaultCorruptionException>(() => StoredSample.Skip(cut));
            }
        }
    }

    [Fact]
    public void Random_bytes_end_in_a_value_or_in_the_one_error()
    {
        const int seed = 20_240_229;
        Random random = new(seed);
        ValueRead[] reads = [.. ValueRead.All];
        for (int i = 0; i < Inputs; i++)
        {
            byte[] bytes = new byte[random.Next(48)];
            random.NextBytes(bytes);
            ValueRead read = reads[i % reads.Length];
            AssertBounded(bytes, seed, i, read.Name, b => read.PositionAfter(b));
            StoredSample sample = StoredSample.All[i % StoredSample.All.Count];
            AssertBounded(sample.UpTo(random.Next(sample.Fields.Count), bytes), seed, i, "model", sample.Read);
        }
    }

    [Fact]
    public void A_record_with_changed_bytes_ends_in_a_value_or_in_the_one_error()
    {
        const int seed = 20_240_301;
        Random random = new(seed);
        for (int i = 0; i < Inputs; i++)
        {
            StoredSample sample = StoredSample.All[i % StoredSample.All.Count];
            byte[] bytes = Changed(sample, random);
            AssertBounded(bytes, seed, i, "model", sample.Read);
            switch (i / StoredSample.All.Count % 4)
            {
                case 0: AssertBounded(bytes, seed, i, "dynamic", sample.ReadDynamic); break;
                case 1: AssertBounded(bytes, seed, i, "JSON", sample.WriteJson); break;
                case 2: AssertBounded(bytes, seed, i, "validation", sample.Validate); break;
                default: AssertBounded(bytes, seed, i, "skip", StoredSample.Skip); break;
            }
        }
    }

    // A field replaced by random bytes, or a few bytes set, put in or taken out anywhere; half of them type codes and lengths at their limits.
    private static byte[] Changed(StoredSample sample, Random random)
    {
        ReadOnlySpan<byte> likely = [0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcf, 0xd3, 0xd6, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0x00, 0x7f, 0x80, 0xff];
        List<byte> bytes = [.. sample.Bytes];
        if (random.Next(4) == 0)
        {
            byte[] value = new byte[random.Next(1, 20)];
            random.NextBytes(value);
            value[0] = random.Next(2) == 0 ? value[0] : likely[random.Next(likely.Length)];
            return sample.With(random.Next(sample.Fields.Count), value);
        }

        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            byte value = random.Next(2) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
            switch (random.Next(4))
            {
                case 0: bytes.Insert(at, value); break;
                case 1: bytes.RemoveAt(at); break;
                default: bytes[at] = value; break;
            }
        }

        return [.. bytes];
    }

    private static void AssertBounded(byte[] bytes, int seed, int number, string reader, Action<byte[]> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = null;
        try
        {
            read(bytes);
        }
        catch (Exception e)
        {
            error = e;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (error is null or VaultCorruptionException && allocated <= SomeObjects + MostPerByte * bytes.Length) return;
        Assert.Fail($"Seed {seed}, number {number}, {reader}, {allocated} bytes allocated for {Convert.ToHexString(bytes)}: {error}");
    }
}
