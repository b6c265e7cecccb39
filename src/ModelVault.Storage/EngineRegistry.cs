namespace ModelVault.Storage;

/// <summary>The vaults that this process has open, by canonical path: a second opening shares the engine of the first.</summary>
internal static class EngineRegistry
{
    private const int ReadOnlyFileSystem = 30; // EROFS

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Entries = new(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The engine of a file, opened unless it is; to be let go of with <see cref="Release"/>.</summary>
    public static Engine Acquire(string path, StorageOptions options)
    {
        var entry = Reserve(path);
        try
        {
            lock (entry)
            {
                entry.Engine ??= OpenFile(path, options);
                CheckAgrees(path, entry.Engine.Options, options);
                return entry.Engine;
            }
        }
        catch
        {
            Release(path);
            throw;
        }
    }

    /// <summary>Ends one use; the last one closes the engine.</summary>
    public static void Release(string path)
    {
        Entry entry;
        lock (Gate) entry = Entries[path];
        lock (entry)
        {
            lock (Gate)
            {
                if (--entry.Uses > 0) return;
                // Whoever opens the file from here on gets an entry of its own, and waits for this one's lock on the file.
                Entries.Remove(path);
            }

            entry.Engine?.Dispose();
        }
    }

    /// <summary>The path with links resolved and nothing relative in it.</summary>
    public static string Canonical(string path)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full) ?? throw new IOException($"'{path}' is not the path of a file.");
        full = Path.Combine(ResolveDirectory(directory), Path.GetFileName(full));
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    private static Entry Reserve(string path)
    {
        lock (Gate)
        {
            if (!Entries.TryGetValue(path, out var entry)) Entries.Add(path, entry = new Entry());
            entry.Uses++;
            return entry;
        }
    }

    private static Engine OpenFile(string path, StorageOptions options)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory; a vault is a file.");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new DirectoryNotFoundException($"The directory of '{path}' does not exist; create it first.");
        if (options.ReadOnly && !File.Exists(path)) throw new FileNotFoundException($"There is no vault at '{path}', and a vault that is opened for reading only is not created. If it is there, this process may not look into its directory.", path);
        var vaultLock = TakeLock(path, options);
        try
        {
            if (!options.ReadOnly) FilePlace.RemoveAbandoned(path);
            if (!options.ReadOnly && !File.Exists(path)) Create(path, options.TimeProvider);
            return Engine.Open(OpenStorage(path, options.ReadOnly), new FilePlace(path), vaultLock, options);
        }
        catch (Exception error)
        {
            vaultLock?.Dispose();
            (error as VaultCorruptionException)?.In(path);
            throw;
        }
    }

    private static void Create(string path, TimeProvider time)
    {
        try
        {
            VaultCreation.CreateFile(path, time);
        }
        catch (IOException error) when (DiskFullException.IsCause(error))
        {
            throw DiskFullException.InCreation(path, error);
        }
    }

    private static FileBlockStorage OpenStorage(string path, bool readOnly)
    {
        try
        {
            return FileBlockStorage.Open(path, readOnly);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException(readOnly
                ? $"'{path}' cannot be opened for reading: this process may not read it. {error.Message}"
                : $"'{path}' cannot be opened for writing: this process may not write to it. Give it the right to, or open the vault for reading only. {error.Message}", error);
        }
    }

    // A reader that may not make a lock file goes without: where it cannot be made, nobody writes.
    private static VaultLock? TakeLock(string path, StorageOptions options)
    {
        try
        {
            return VaultLock.Acquire(path, exclusive: !options.ReadOnly, options.LockTimeout);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem })
        {
            return options.ReadOnly ? null : throw CannotLock(path, error);
        }
        catch (IOException error) when (DiskFullException.IsCause(error))
        {
            throw DiskFullException.InOpening(path, error);
        }
    }

    private static Exception CannotLock(string path, Exception cause)
    {
        var message = $"'{path}' cannot be opened for writing: its lock file '{VaultLock.PathFor(path)}' cannot be made or written. "
            + $"Give this process the right to write to the directory and its files, or open the vault for reading only. {cause.Message}";
        return cause is IOException ? new IOException(message, cause) { HResult = cause.HResult } : new UnauthorizedAccessException(message, cause);
    }

    private static void CheckAgrees(string path, StorageOptions open, StorageOptions wanted)
    {
        if (open.ReadOnly && !wanted.ReadOnly)
            throw new InvalidOperationException($"'{path}' is open for reading only in this process; close it there before opening it for writing.");
        if (open with { ReadOnly = false } != wanted with { ReadOnly = false })
            throw new InvalidOperationException($"'{path}' is open in this process with other options; the handles share one engine, so only {nameof(StorageOptions.ReadOnly)} may differ.");
    }

    private static string ResolveDirectory(string directory)
    {
        if (Path.GetDirectoryName(directory) is not { } parent) return directory;
        var resolved = Path.Combine(ResolveDirectory(parent), Path.GetFileName(directory));
        return new DirectoryInfo(resolved).LinkTarget is null ? resolved : Directory.ResolveLinkTarget(resolved, returnFinalTarget: true)!.FullName;
    }

    private sealed class Entry
    {
        public Engine? Engine;
        public int Uses;
    }
}
