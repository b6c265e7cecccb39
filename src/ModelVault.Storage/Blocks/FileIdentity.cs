using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>Whether an open file is the one that stands at a path.</summary>
internal static class FileIdentity
{
    // The time of creation tells files apart. Where the file system keeps none, the system gives another time, which writing
    // changes: then only what was the same before and after counts.
    public static bool IsAt(SafeFileHandle file, string path)
    {
        while (File.Exists(path))
        {
            var before = File.GetCreationTimeUtc(file);
            var there = File.GetCreationTimeUtc(path);
            if (there == before) return true;
            if (File.GetCreationTimeUtc(file) == before) return false;
        }

        return false;
    }
}
