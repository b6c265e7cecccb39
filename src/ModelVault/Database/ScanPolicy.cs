namespace ModelVault;

/// <summary>
/// What happens when a query scans: it has conditions, or an order with a limit, that no key or index answers, and does not
/// say <c>AllowScan</c>. That a collection is small does not matter.
/// </summary>
public enum ScanPolicy
{
    /// <summary>It is counted, no more.</summary>
    Ignore,

    /// <summary>An event <c>QueryScan</c> of the event source <c>ModelVault</c> says so.</summary>
    Log,

    /// <summary>The query throws <see cref="VaultQueryException"/>, which says what index would serve it.</summary>
    Throw,
}
