using System.Diagnostics;

namespace ModelVault.Storage.Tests.Processes;

/// <summary>
/// A flush that fails below .NET, as a failing disk makes it: a few lines of C, loaded before the C library, stand in for fsync and fdatasync.
/// </summary>
public sealed class NativeFlushTests : IDisposable
{
    // Fails with EIO while the file that MODELVAULT_FSYNC_FAILS names exists, else passes the call on.
    private const string Interposer = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdlib.h>
        #include <unistd.h>
        static int flush(const char *name, int descriptor)
        {
            const char *trigger = getenv("MODELVAULT_FSYNC_FAILS");
            if (trigger && access(trigger, F_OK) == 0) { errno = EIO; return -1; }
            int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
            return real(descriptor);
        }
        int fsync(int descriptor) { return flush("fsync", descriptor); }
        int fdatasync(int descriptor) { return flush("fdatasync", descriptor); }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-flush-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [LinuxCompilerFact]
    public void A_failing_flush_fails_the_commit_and_stops_the_writer()
    {
        var library = Compile();
        var trigger = Path.Combine(_directory, "fails");
        var environment = new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["MODELVAULT_FSYNC_FAILS"] = trigger };
        using var child = ChildProcess.Start(environment, nameof(FailingFlushRun), Path.Combine(_directory, "a.modelvault"), trigger);
        var errors = child.StandardError.ReadToEndAsync();
        var said = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(": ", 2)).ToDictionary(static parts => parts[0], static parts => parts[1]);
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, errors.Result);
        Assert.StartsWith("IOException: The operating system reported an error flushing", said["commit"], StringComparison.Ordinal);
        Assert.Contains("errno 5", said["commit"], StringComparison.Ordinal);
        Assert.StartsWith("VaultTransactionException", said["next"], StringComparison.Ordinal);
        Assert.Equal(("True", "1"), (said["poisoned"], said["reads"]));
        // Opening needs a flush, to heal: while the disk fails there is none.
        Assert.StartsWith("IOException", said["open"], StringComparison.Ordinal);
        Assert.Contains(said["reopened"], new[] { "1", "2" });
        Assert.Equal("success", said["commit after reopening"]);
        // Why flushes are called directly. Should .NET report the error one day, this line is all that has to change.
        Assert.Equal("success", said["dotnet"]);
    }

    private string Compile()
    {
        var (source, library) = (Path.Combine(_directory, "fsync.c"), Path.Combine(_directory, "fsync.so"));
        File.WriteAllText(source, Interposer);
        using var compiler = Process.Start(LinuxCompilerFactAttribute.Compiler!, ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}

/// <summary>A test that runs where there is Linux and a C compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxCompilerFactAttribute : FactAttribute
{
    /// <summary>The C compiler; null where there is none.</summary>
    public static string? Compiler { get; } = new[] { "cc", "gcc", "clang" }
        .SelectMany(static name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, name)))
        .FirstOrDefault(File.Exists);

    public LinuxCompilerFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Needs Linux: fsync is replaced by way of LD_PRELOAD.";
        else if (Compiler is null) Skip = "Needs a C compiler (cc, gcc or clang) on the path, to build the library that makes fsync fail.";
    }
}
