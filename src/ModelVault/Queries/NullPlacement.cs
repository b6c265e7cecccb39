namespace ModelVault;

/// <summary>Where an order has the records whose field is null.</summary>
public enum NullPlacement
{
    /// <summary>First; last where the order descends.</summary>
    Default,

    /// <summary>First, whichever way the order goes.</summary>
    First,

    /// <summary>Last, whichever way the order goes.</summary>
    Last,
}
