using System.Diagnostics;
using ModelVault.Storage.Tests.Processes;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>Opens a vault as a user without rights, in a process of that user's, and says what came of it.</summary>
internal static class OtherUser
{
    private const string Nobody = "65534";
    private static readonly string[] BecomeNobody = ["setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups", "--"];

    /// <summary>Why this cannot be done here; null when it can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Opens a vault; the error with its type, or what the key 1 of the tree "t" holds.</summary>
    public static string Open(string path, bool readOnly)
    {
        using var child = ChildProcess.StartThrough(BecomeNobody, nameof(OtherUser), path, readOnly ? "read" : "write");
        var errors = child.StandardError.ReadToEndAsync();
        var said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, errors.Result);
        return said;
    }

    /// <summary>What the child does.</summary>
    public static int Run(string path, string how)
    {
        try
        {
            using var engine = StorageEngine.Open(path, new StorageOptions { ReadOnly = how == "read", LockTimeout = TimeSpan.FromMilliseconds(50) });
            Console.WriteLine($"value {engine.Get("t", [1])![0]}");
        }
        catch (Exception error)
        {
            Console.WriteLine($"{error.GetType().Name}: {error.Message}");
        }

        return 0;
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "Needs Linux and root, to become another user.";
        try
        {
            var start = new ProcessStartInfo(BecomeNobody[0], [.. BecomeNobody[1..], "test", "-r", typeof(OtherUser).Assembly.Location]);
            using var probe = Process.Start(start)!;
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : "Another user may not read the tests' assembly.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Needs setpriv, to become another user.";
        }
    }
}

/// <summary>A test that becomes another user; it is left out where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherUserFactAttribute : FactAttribute
{
    public OtherUserFactAttribute() => Skip = OtherUser.Obstacle;
}
