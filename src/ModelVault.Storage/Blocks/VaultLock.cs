using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>
/// The lock against other processes: the sidecar file <c>&lt;vault&gt;-lock</c>, held open exclusively by a writer and shared by
/// readers. The kernel frees it when its holder dies. <c>&lt;vault&gt;-lock-holder</c> beside it can be read by those who are
/// kept out, and names the writer.
/// </summary>
/// <remarks>
/// Only whole-file share modes are used. FileStream.Lock is a POSIX record lock, which closing any other handle of the process
/// to the file silently drops.
/// </remarks>
internal sealed class VaultLock : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly string _path;
    private readonly bool _exclusive;
    private SafeFileHandle? _handle;

    private VaultLock(string vaultPath, bool exclusive)
    {
        _path = PathFor(vaultPath);
        _exclusive = exclusive;
    }

    public static string PathFor(string vaultPath) => vaultPath + "-lock";

    public static string HolderPathFor(string vaultPath) => vaultPath + "-lock-holder";

    /// <summary>Takes the lock, waiting up to the timeout for its holder.</summary>
    /// <exception cref="VaultLockedException">Another process kept the lock for the whole time.</exception>
    public static VaultLock Acquire(string vaultPath, bool exclusive, TimeSpan timeout)
    {
        var taken = new VaultLock(vaultPath, exclusive);
        var waited = Stopwatch.StartNew();
        for (var pause = FirstPause; !taken.TryTake(out var refusal); pause = Min(pause * 2, LongestPause))
        {
            if (waited.Elapsed >= timeout) throw Refused(vaultPath, exclusive, timeout, refusal);
            Thread.Sleep(Min(pause, timeout - waited.Elapsed + TimeSpan.FromMilliseconds(1)));
        }

        if (exclusive) taken.NameHolder(HolderPathFor(vaultPath));
        return taken;
    }

    /// <summary>Frees the lock and removes the sidecars, where nobody else holds them.</summary>
    public void Dispose()
    {
        if (_handle is null) return;
        if (_exclusive)
        {
            TryDelete(_path + "-holder");
            Remove(_handle);
        }
        else
        {
            _handle.Dispose();
            // The last reader to leave can take the lock exclusively, and only an exclusive holder may remove the file.
            var last = new VaultLock(_path[..^"-lock".Length], exclusive: true);
            if (File.Exists(_path) && last.TryTakeToRemove()) last.Remove(last._handle!);
        }

        _handle = null;
    }

    private bool TryTake(out Exception? refusal)
    {
        refusal = null;
        try
        {
            var share = _exclusive ? FileShare.None : FileShare.ReadWrite | FileShare.Delete;
            var options = _exclusive && OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            _handle = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, options);
        }
        catch (Exception error) when (IsHeldByAnother(error))
        {
            refusal = error;
            return false;
        }
        catch (UnauthorizedAccessException) when (!_exclusive && File.Exists(_path))
        {
            return TryTakeAsGuest(out refusal);
        }

        if (StandsAtItsPath(_handle)) return true;
        _handle.Dispose();
        _handle = null;
        return false;
    }

    // A reader without the right to write to the lock file can still share it: else it would read beside a writer.
    private bool TryTakeAsGuest(out Exception? refusal)
    {
        refusal = null;
        try
        {
            _handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (IsHeldByAnother(error) || error is FileNotFoundException)
        {
            refusal = error;
            return false;
        }

        if (FileIdentity.IsAt(_handle, _path)) return true;
        _handle.Dispose();
        _handle = null;
        return false;
    }

    private bool TryTakeToRemove()
    {
        try
        {
            return TryTake(out _);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then it stays: an empty file that nobody holds.
            return false;
        }
    }

    private static bool IsHeldByAnother(Exception error)
    {
        // Windows: sharing and lock violations, and access denied for the moment in which a file is being removed.
        if (OperatingSystem.IsWindows()) return error is UnauthorizedAccessException || (error is IOException && (error.HResult & 0xFFFF) is 32 or 33);
        // Unix: EWOULDBLOCK, of Linux and of macOS.
        return error is IOException && error.HResult is 11 or 35;
    }

    // On Unix the file can be unlinked between our opening and our locking it; we would then hold a lock on a file that has no
    // name, while somebody else locks its successor. A random time stamp set through the handle shows through the path only
    // if both are the same file.
    private bool StandsAtItsPath(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows()) return true;
        var stamp = DateTime.UnixEpoch.AddSeconds(Random.Shared.Next()).AddMilliseconds(Random.Shared.Next(1000));
        File.SetLastWriteTimeUtc(handle, stamp);
        return File.Exists(_path) && File.GetLastWriteTimeUtc(_path) == stamp;
    }

    private void Remove(SafeFileHandle handle)
    {
        // While it is locked: whoever opens it afterwards finds that it no longer stands at its path. On Windows closing removes it.
        if (!OperatingSystem.IsWindows()) TryDelete(_path);
        handle.Dispose();
    }

    // The name only helps people; a vault whose holder file cannot be written still opens.
    private void NameHolder(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "unknown";
        var holder = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} (process {Environment.ProcessId} on {Environment.MachineName})");
        try
        {
            RandomAccess.Write(_handle!, System.Text.Encoding.UTF8.GetBytes(holder), 0);
            File.WriteAllText(path, holder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string? ReadHolder(string vaultPath)
    {
        try
        {
            var text = File.ReadAllText(HolderPathFor(vaultPath)).Trim();
            return text.Length is > 0 and < 500 ? text : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static VaultLockedException Refused(string vaultPath, bool exclusive, TimeSpan timeout, Exception? cause)
    {
        var holder = ReadHolder(vaultPath);
        var who = holder ?? "another process";
        var what = exclusive ? "for writing" : "for reading";
        return new VaultLockedException(
            $"'{vaultPath}' could not be opened {what} within {timeout.TotalSeconds:0.###} s: {who} has it open. Close it there, or raise the lock timeout.",
            holder, cause);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
