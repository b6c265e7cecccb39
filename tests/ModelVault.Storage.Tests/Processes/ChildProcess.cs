using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelVault.Storage.Tests.Failures;

namespace ModelVault.Storage.Tests.Processes;

/// <summary>This assembly as a program of its own: what the tests kill, or run under a failing operating system.</summary>
internal static class ChildProcess
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [nameof(BatchWriter), var path, var threads]:
                return BatchWriter.Run(path, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));
            case [nameof(FailingFlushRun), var path, var trigger]:
                return FailingFlushRun.Run(path, trigger);
            case [nameof(NativeFaultRun), var directory]:
                return NativeFaultRun.Run(directory);
            case [nameof(OtherUser), var path, var how]:
                return OtherUser.Run(path, how);
            default:
                Console.Error.WriteLine("This program is started by the tests in it.");
                return 2;
        }
    }

    /// <summary>Starts a role in a process of its own.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Prepare([], arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts a role by way of another program, which is given the command to run behind its own arguments.</summary>
    public static Process StartThrough(IReadOnlyList<string> program, params string[] arguments) => Process.Start(Prepare(program, arguments))!;

    private static ProcessStartInfo Prepare(IReadOnlyList<string> program, string[] arguments)
    {
        string[] command = [.. program, DotnetPath(), "exec", typeof(ChildProcess).Assembly.Location, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
    }

    // The runtime's directory is <dotnet>/shared/Microsoft.NETCore.App/<version>.
    private static string DotnetPath() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
