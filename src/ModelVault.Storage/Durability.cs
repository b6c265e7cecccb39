namespace ModelVault;

/// <summary>
/// What a commit waits for. Under all three a killed process loses nothing that was committed, and after a power failure the
/// vault is in the state of a commit that was made, with all commits before it and none after it.
/// </summary>
public enum Durability
{
    /// <summary>The commit returns when it is on the disk, and all commits before it: a power failure takes nothing.</summary>
    Full,

    /// <summary>
    /// The commit returns when the operating system has it, and is flushed within <c>StorageOptions.RelaxedFlushDelay</c>: a power
    /// failure takes at most the commits of that time, and no more than seven.
    /// </summary>
    Relaxed,

    /// <summary>
    /// As <see cref="Relaxed"/>, without a limit of time: flushed with the next commit that needs it, by a request, or on closing.
    /// A power failure takes at most the last seven commits.
    /// </summary>
    None,
}
