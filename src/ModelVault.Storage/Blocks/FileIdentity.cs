using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>Whether an open file is the one that stands at a path.</summary>
internal static class FileIdentity
{
    /// <summary>False when the file has been deleted, moved or replaced: never when it has not.</summary>
    public static bool IsAt(SafeFileHandle file, string path)
    {
        if (!File.Exists(path)) return false;
        if (NameOf(file) is not { } name) return HasSameTimes(file, path);
        if (name == path) return true;
        // The name may be another one where the process sees its files through mounts of its own.
        return !name.EndsWith(" (deleted)", StringComparison.Ordinal) && HasSameTimes(file, path);
    }

    // Linux knows under which name an open file stands now.
    private static string? NameOf(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}")).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Files are told apart by the time of their creation. Where the system gives another one for it, which writing changes, only
    // what was the same before and after counts.
    private static bool HasSameTimes(SafeFileHandle file, string path)
    {
        while (File.Exists(path))
        {
            var before = File.GetCreationTimeUtc(file);
            if (File.GetCreationTimeUtc(path) == before) return true;
            if (File.GetCreationTimeUtc(file) == before) return false;
        }

        return false;
    }
}
