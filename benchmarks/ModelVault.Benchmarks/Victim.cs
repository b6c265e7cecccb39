using System.Diagnostics;
using System.Globalization;

namespace ModelVault.Benchmarks;

/// <summary>A process that commits rows until it is killed.</summary>
internal static class Victim
{
    public const string Command = "write-until-killed";
    public const string Vault = "ModelVault";
    public const string Sqlite = "SQLite";
    public const string Engine = "engine";
    public const string RawSqlite = "raw-SQLite";

    /// <summary>How many keys one victim may use.</summary>
    public const int MostRows = 100_000;

    private const int RowsBeforeReady = 100;

    /// <summary>Runs a victim on a file and kills it with SIGKILL while it writes.</summary>
    public static void WriteAndDie(string contender, string path, long firstId)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Under `dotnet x.dll` the process is dotnet and needs to be told the assembly.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Victim).Assembly.Location);
        foreach (string argument in (string[])[Command, contender, path, firstId.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() is null) throw new InvalidOperationException($"The process that writes to {path} ended by itself.");
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>What the victim does.</summary>
    public static void Write(string contender, string path, long firstId)
    {
        if (contender is Engine or RawSqlite) WriteRaw(contender, path, firstId);
        else WriteBooks(contender, path, firstId);
    }

    private static void WriteBooks(string contender, string path, long firstId)
    {
        BookData data = new(MostRows);
        Random random = new(5);
        using IContender store = contender == Vault ? new VaultContender(path) : new SqliteContender(path);
        for (int i = 0; i < MostRows; i++)
        {
            store.Insert(data.Make(firstId + i, random));
            if (i == RowsBeforeReady) Console.WriteLine("ready");
        }
    }

    private static void WriteRaw(string contender, string path, long first)
    {
        RawRows rows = new(0, RawKey.Number);
        using IRawStore store = contender == Engine ? new EngineStore(path, rows) : new SqliteStore(path, rows);
        for (int i = 0; i < MostRows; i++)
        {
            store.Insert([first + (2 * i)]);
            if (i == RowsBeforeReady) Console.WriteLine("ready");
        }
    }
}
