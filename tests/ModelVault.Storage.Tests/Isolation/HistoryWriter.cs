namespace ModelVault.Storage.Tests.Isolation;

/// <summary>One of several writers: commits acts, alone and in groups, under all modes of durability, and undoes what it spoils.</summary>
internal sealed class HistoryWriter(StorageEngine engine, History history, int number, int seed, bool isAlwaysFull)
{
    private readonly Random _random = new(seed);

    public void Run(int acts)
    {
        for (var i = 0; i < acts; i++)
        {
            var durability = isAlwaysFull ? Durability.Full : (Durability)_random.Next(3);
            switch (_random.Next(6))
            {
                case 0:
                    RollBack();
                    break;
                case 1 or 2:
                    DoAlone(durability);
                    break;
                case 3:
                    FailInGroup();
                    break;
                default:
                    DoInGroup(durability);
                    break;
            }
        }
    }

    private void DoAlone(Durability durability)
    {
        var before = history.Acknowledged;
        var acts = new List<long>();
        using (var transaction = engine.BeginWrite(Bytes.Timeout, durability))
        {
            for (var count = _random.Next(1, 4); count > 0; count--)
            {
                acts.Add(Acts.Do(transaction, number));
                if (_random.Next(3) == 0) SpoilAndGoBack(transaction);
            }

            history.Attempt(acts[^1]);
            transaction.Commit();
        }

        foreach (var act in acts) history.Acknowledge(act, number, before, durability == Durability.Full);
    }

    private void DoInGroup(Durability durability)
    {
        var before = history.Acknowledged;
        var act = engine.Write(
            this,
            static (transaction, writer) =>
            {
                if (writer._random.Next(4) == 0) writer.SpoilAndGoBack(transaction);
                return writer.Attempted(Acts.Do(transaction, writer.Number));
            },
            Bytes.Timeout,
            durability);
        history.Acknowledge(act, number, before, durability == Durability.Full);
    }

    private void FailInGroup() => Assert.Throws<NotSupportedException>(() => engine.Write<HistoryWriter, int>(
        this,
        static (transaction, writer) =>
        {
            Acts.Spoil(transaction, writer._random);
            throw new NotSupportedException();
        },
        Bytes.Timeout));

    private void RollBack()
    {
        using var transaction = engine.BeginWrite(Bytes.Timeout);
        Acts.Do(transaction, number);
        Acts.Spoil(transaction, _random);
    }

    private void SpoilAndGoBack(WriteTransaction transaction)
    {
        var savepoint = transaction.Savepoint();
        Acts.Spoil(transaction, _random);
        transaction.RollbackTo(savepoint);
        transaction.Release(savepoint);
    }

    private int Number => number;

    private long Attempted(long act)
    {
        history.Attempt(act);
        return act;
    }
}
