using System.Diagnostics;
using System.Globalization;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>A real file system of few bytes, in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;

    private readonly string _ballast;

    public SmallDisk(long size)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("modelvault-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}"), "modelvault-test", Directory);
        _ballast = Path.Combine(Directory, "ballast");
    }

    /// <summary>Where it is mounted.</summary>
    public string Directory { get; }

    /// <summary>A vault on it.</summary>
    public string VaultPath => Path.Combine(Directory, "a.modelvault");

    /// <summary>Bytes that are free.</summary>
    public long Free => new DriveInfo(Directory).AvailableFreeSpace;

    /// <summary>Takes room away until this much is left.</summary>
    public void LeaveFree(long bytes)
    {
        using var file = File.OpenHandle(_ballast, FileMode.OpenOrCreate, FileAccess.Write);
        var block = new byte[Block];
        for (var at = RandomAccess.GetLength(file); Free >= bytes + Block; at += Block) RandomAccess.Write(file, block, at);
    }

    /// <summary>Gives back what was taken away.</summary>
    public void MakeRoom() => File.Delete(_ballast);

    /// <summary>From here on nothing can be written, by nobody.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Directory);

    public void Dispose()
    {
        // Lazily, so that a handle that a failed test has left open does not keep it mounted.
        Run("umount", "-l", Directory);
        System.IO.Directory.Delete(Directory);
    }

    /// <summary>Why there cannot be one here; null when there can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux()) return "Needs Linux: a small file system is mounted.";
        try
        {
            new SmallDisk(1 << 20).Dispose();
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"Needs the right to mount a small file system (root has it): {error.Message}";
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.Trim()}");
    }
}

/// <summary>A test that mounts a small file system; it is left out where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Obstacle;
}
