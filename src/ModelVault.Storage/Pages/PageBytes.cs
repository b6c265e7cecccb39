using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelVault.Storage;

/// <summary>
/// Numbers in a page, read without the array's bounds check: a search does a dozen such reads, and the check was a measurable
/// part of it. This is safe because every page is validated when it is read, or was made here, and what stands behind a page in
/// its frame was made here too; it is the only such place.
/// </summary>
internal static class PageBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int U16(byte[] page, int offset)
    {
        Debug.Assert((uint)offset <= (uint)page.Length - sizeof(ushort), "The offset lies outside the page.");
        var value = Unsafe.ReadUnaligned<ushort>(ref At(page, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint U32(byte[] page, int offset)
    {
        Debug.Assert((uint)offset <= (uint)page.Length - sizeof(uint), "The offset lies outside the page.");
        var value = Unsafe.ReadUnaligned<uint>(ref At(page, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong U64(byte[] page, int offset)
    {
        Debug.Assert((uint)offset <= (uint)page.Length - sizeof(ulong), "The offset lies outside the page.");
        var value = Unsafe.ReadUnaligned<ulong>(ref At(page, offset));
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>
    /// Reads from the lines that hold a page's header and first slots. They are independent reads, so what would be one cache
    /// miss after the other in a search becomes several at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch(byte[] page)
    {
        Volatile.Read(ref At(page, 0));
        Volatile.Read(ref At(page, 128));
        Volatile.Read(ref At(page, 192));
        Volatile.Read(ref At(page, 256));
        Volatile.Read(ref At(page, 320));
        Volatile.Read(ref At(page, 384));
        Volatile.Read(ref At(page, 448));
    }

    /// <summary>Reads from one line, so that it is there when it is needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch(byte[] page, int offset) => Volatile.Read(ref At(page, offset));

    /// <summary>32 bytes at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Vector(byte[] page, int offset)
    {
        Debug.Assert((uint)offset <= (uint)page.Length - (uint)Vector256<byte>.Count, "The offset lies outside the page.");
        return Vector256.LoadUnsafe(ref At(page, offset));
    }

    /// <summary>A byte's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte At(byte[] page, int offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), offset);
}
