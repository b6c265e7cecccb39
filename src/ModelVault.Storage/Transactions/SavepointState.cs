namespace ModelVault.Storage;

/// <summary>What a transaction was like at a savepoint, as far as it is not in the undo logs: their lengths, and a few numbers.</summary>
internal readonly record struct SavepointState(int Serial, int PageSteps, int TreeSteps, AllocatorMark Space, uint NextTreeId, long ChangeCount);
