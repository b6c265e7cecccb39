using System.Buffers.Binary;

namespace ModelVault;

/// <summary>Where a database's generated values come from: its clock, and Guids in the order in which they are made. Thread-safe.</summary>
internal sealed class ValueSource(TimeProvider time)
{
    // The 62 bits behind the variant.
    private const ulong RandomMask = ulong.MaxValue >> 2;

    private readonly Lock _lock = new();
    private Guid _last;

    /// <summary>The time, offset 0.</summary>
    public DateTimeOffset Now => time.GetUtcNow().ToUniversalTime();

    /// <summary>A Guid of version 7 for a time. Those of one millisecond ascend in the order in which they are asked for.</summary>
    public Guid NextGuid(DateTimeOffset now)
    {
        Guid next = Guid.CreateVersion7(now);
        lock (_lock)
        {
            if (Milliseconds(next) == Milliseconds(_last)) next = Following(_last) ?? next;
            _last = next;
        }

        return next;
    }

    // A random step keeps the next one from being guessed. Null in the improbable case that the step leads out of the random bits.
    private static Guid? Following(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        ulong random = (low & RandomMask) + 1 + (ulong)Random.Shared.NextInt64(1L << 32);
        if (random > RandomMask) return null;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (low & ~RandomMask) | random);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Milliseconds(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16;
    }
}
