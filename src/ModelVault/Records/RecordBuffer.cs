namespace ModelVault.Runtime;

/// <summary>One buffer per thread for records being written.</summary>
internal static class RecordBuffer
{
    private const int InitialSize = 1024, LargestKept = 1 << 20;

    [ThreadStatic]
    private static byte[]? _kept;

    /// <summary>The thread's buffer, which is then the caller's until it is returned.</summary>
    public static byte[] Take()
    {
        byte[] buffer = _kept ?? new byte[InitialSize];
        _kept = null;
        return buffer;
    }

    /// <summary>Gives a buffer back.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestKept) _kept = buffer;
    }
}
