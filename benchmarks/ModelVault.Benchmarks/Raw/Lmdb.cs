using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ModelVault.Benchmarks;

/// <summary>Bytes as LMDB passes them.</summary>
internal readonly record struct LmdbBytes(nint Size, nint Address);

/// <summary>The functions of LMDB that are measured, from the system's library.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "All arguments but one are blittable: generated marshalling would add unsafe code and nothing else.")]
[SuppressMessage("Style", "IDE1006", Justification = "The library's names.")]
[SuppressMessage("Globalization", "CA2101", Justification = "The path is passed as UTF-8.")]
internal static class Lmdb
{
    public const uint NoSubdirectory = 0x4000;
    public const uint ReadOnly = 0x20000;
    public const int Next = 8;

    private const string Library = "liblmdb.so.0";

    /// <summary>The version of the library; null where it is not installed.</summary>
    public static string? Version { get; } = FindVersion();

    [DllImport(Library)]
    public static extern int mdb_env_create(out nint environment);

    [DllImport(Library)]
    public static extern int mdb_env_set_mapsize(nint environment, nint size);

    [DllImport(Library)]
    public static extern int mdb_env_open(nint environment, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint flags, uint mode);

    [DllImport(Library)]
    public static extern void mdb_env_close(nint environment);

    [DllImport(Library)]
    public static extern int mdb_txn_begin(nint environment, nint parent, uint flags, out nint transaction);

    [DllImport(Library)]
    public static extern int mdb_txn_commit(nint transaction);

    [DllImport(Library)]
    public static extern void mdb_txn_abort(nint transaction);

    [DllImport(Library)]
    public static extern int mdb_dbi_open(nint transaction, nint name, uint flags, out uint table);

    [DllImport(Library)]
    public static extern int mdb_get(nint transaction, uint table, ref LmdbBytes key, out LmdbBytes value);

    [DllImport(Library)]
    public static extern int mdb_put(nint transaction, uint table, ref LmdbBytes key, ref LmdbBytes value, uint flags);

    [DllImport(Library)]
    public static extern int mdb_del(nint transaction, uint table, ref LmdbBytes key, nint value);

    [DllImport(Library)]
    public static extern int mdb_cursor_open(nint transaction, uint table, out nint cursor);

    [DllImport(Library)]
    public static extern int mdb_cursor_get(nint cursor, out LmdbBytes key, out LmdbBytes value, int operation);

    [DllImport(Library)]
    public static extern void mdb_cursor_close(nint cursor);

    public static void Check(int result)
    {
        if (result != 0) throw new InvalidOperationException($"LMDB reports {result}.");
    }

    [DllImport(Library)]
    private static extern nint mdb_version(out int major, out int minor, out int patch);

    private static string? FindVersion()
    {
        if (!NativeLibrary.TryLoad(Library, out _)) return null;
        mdb_version(out int major, out int minor, out int patch);
        return $"{major}.{minor}.{patch}";
    }
}
