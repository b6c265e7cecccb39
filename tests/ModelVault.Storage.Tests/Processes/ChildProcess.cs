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
            default:
                Console.Error.WriteLine("This program is started by the tests in it.");
                return 2;
        }
    }

    /// <summary>Starts a role in a process of its own.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetPath()) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // The runtime's directory is <dotnet>/shared/Microsoft.NETCore.App/<version>.
    private static string DotnetPath() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
