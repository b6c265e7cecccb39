using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace ModelVault.Benchmarks;

/// <summary>Uses the system's SQLite: the build that the provider's own package would bring lacks usleep, which cripples writers that wait for each other.</summary>
internal static class SqliteLibrary
{
    private static readonly string[] Names = ["libsqlite3.so.0", "sqlite3", "winsqlite3"];

    public static string Version => raw.sqlite3_libversion().utf8_to_string();

    public static void Use()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (string candidate in Names)
            if (NativeLibrary.TryLoad(candidate, assembly, searchPath, out IntPtr handle)) return handle;
        throw new DllNotFoundException("The benchmarks compare with the system's SQLite library, which is not there. On Debian: apt-get install libsqlite3-0.");
    }
}
