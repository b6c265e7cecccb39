using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// A point in a write transaction that it can go back to, any number of times. It ends when it is released, when the
/// transaction goes back to an earlier one, and with the transaction.
/// </summary>
public readonly record struct Savepoint
{
    internal Savepoint(WriteTransaction transaction, int serial)
    {
        Transaction = transaction;
        Serial = serial;
    }

    internal WriteTransaction? Transaction { get; }

    internal int Serial { get; }
}
