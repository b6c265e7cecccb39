namespace ModelVault;

/// <summary>How JSON is read as MessagePack.</summary>
[Flags]
internal enum JsonReading
{
    /// <summary>A whole value: what is missing gets its default or null, and is an error where it has neither.</summary>
    Whole = 0,

    /// <summary>Only what is there: objects become maps from the places of their fields to the values.</summary>
    Sparse = 1,

    /// <summary>Numbers may be written as strings, too.</summary>
    NumbersFromStrings = 2,
}
