using System.Diagnostics.Tracing;

namespace ModelVault;

/// <summary>The event source <c>ModelVault</c>.</summary>
[EventSource(Name = "ModelVault")]
internal sealed class ScanEventSource : EventSource
{
    public static readonly ScanEventSource Log = new();

    /// <summary>A query reads a whole collection that no key or index answers.</summary>
    [Event(1, Level = EventLevel.Warning, Message = "No key or index answers this query on '{0}': {1}. {2}")]
    public void QueryScan(string collection, string query, string advice)
    {
        if (IsEnabled()) WriteEvent(1, collection, query, advice);
    }
}
