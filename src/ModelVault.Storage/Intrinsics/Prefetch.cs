using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelVault.Storage;

/// <summary>
/// Tells the processor which memory will be read soon. Where it has no such instruction, nothing happens: it is a hint and changes
/// no result. Unlike a read it holds up nothing while the memory is on its way.
/// </summary>
internal static unsafe class Prefetch
{
    private const int LineSize = 64;

    // An array begins with its type and its length.
    private static int DataOffset => 2 * sizeof(nint);

    /// <summary>The line that an array's byte stands in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(byte[] array, int offset)
    {
        if (Sse.IsSupported) Sse.Prefetch0((void*)(AddressOf(array) + offset));
    }

    /// <summary>All lines from one byte of an array to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(byte[] array, int from, int to)
    {
        if (!Sse.IsSupported) return;
        var address = AddressOf(array);
        for (var offset = from; offset < to; offset += LineSize) Sse.Prefetch0((void*)(address + offset));
    }

    // Taken from the reference itself: any other way reads from the array first, to see that it is not null, and so waits for
    // what is to be fetched. The array may be moved meanwhile: then the hint is useless and no more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint AddressOf(byte[] array) => Unsafe.As<byte[], nint>(ref array) + DataOffset;
}
