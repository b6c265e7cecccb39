namespace ModelVault.Storage;

/// <summary>
/// Tells by their values which rows of a leaf a <see cref="TreeScan"/> is to show. It is asked for some at once: what it waits for at one is on its
/// way while it looks at others.
/// </summary>
public interface IValueSelector
{
    /// <summary>Which of some values are wanted.</summary>
    /// <param name="bytes">What holds them; valid during the call alone.</param>
    /// <param name="values">Where in it they are: up to <see cref="TreeScan.MaxGroup"/>.</param>
    /// <returns>A bit for each, the lowest for the first.</returns>
    uint Select(ReadOnlySpan<byte> bytes, ReadOnlySpan<ValuePlace> values);
}

/// <summary>Where a value is in the bytes that hold it.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct ValuePlace(int Start, int Length)
{
    /// <summary>The first byte behind it.</summary>
    public int End => Start + Length;
}
