namespace ModelVault;

// Select of one to eight aggregates, in three forms: as separate aggregates, as a tuple, and into a result.
public sealed partial class VaultGrouping<TModel, TFields, TKey>
{
    /// <summary>Reads one aggregate of each group.</summary>
    public VaultProjection<TModel, T1> Select<T1>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate)
    {
        IAggregate<TModel, T1> a1 = Of(aggregate);
        return Project<T1>(columns => a1.Open(columns).Result, $"{a1}");
    }

    /// <summary>Reads one aggregate of each group and makes something of it.</summary>
    public VaultProjection<TModel, TResult> Select<T1, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate, Func<T1, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            return g => result(c1.Result(g));
        }, $"{a1}");
    }

    /// <summary>Reads two aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2)> Select<T1, T2>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2) =>
        Tuple(Of(aggregate1), Of(aggregate2));

    /// <summary>Reads two aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<T1, T2, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            return g => result(c1.Result(g), c2.Result(g));
        }, $"{a1}, {a2}");
    }

    /// <summary>Reads two aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2)> Select<T1, T2>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2);
    }

    private VaultProjection<TModel, (T1, T2)> Tuple<T1, T2>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2) => Project<(T1, T2)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        return g => (c1.Result(g), c2.Result(g));
    }, $"{a1}, {a2}");

    /// <summary>Reads three aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3)> Select<T1, T2, T3>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3));

    /// <summary>Reads three aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<T1, T2, T3, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g));
        }, $"{a1}, {a2}, {a3}");
    }

    /// <summary>Reads three aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3)> Select<T1, T2, T3>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3);
    }

    private VaultProjection<TModel, (T1, T2, T3)> Tuple<T1, T2, T3>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3) => Project<(T1, T2, T3)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g));
    }, $"{a1}, {a2}, {a3}");

    /// <summary>Reads four aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4)> Select<T1, T2, T3, T4>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3), Of(aggregate4));

    /// <summary>Reads four aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<T1, T2, T3, T4, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        IAggregate<TModel, T4> a4 = Of(aggregate4);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            AggregateColumn<T4> c4 = a4.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g));
        }, $"{a1}, {a2}, {a3}, {a4}");
    }

    /// <summary>Reads four aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4)> Select<T1, T2, T3, T4>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>, IAggregate<TModel, T4>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3, t.Item4);
    }

    private VaultProjection<TModel, (T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3, IAggregate<TModel, T4> a4) => Project<(T1, T2, T3, T4)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        AggregateColumn<T4> c4 = a4.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g));
    }, $"{a1}, {a2}, {a3}, {a4}");

    /// <summary>Reads five aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3), Of(aggregate4), Of(aggregate5));

    /// <summary>Reads five aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<T1, T2, T3, T4, T5, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        IAggregate<TModel, T4> a4 = Of(aggregate4);
        IAggregate<TModel, T5> a5 = Of(aggregate5);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            AggregateColumn<T4> c4 = a4.Open(columns);
            AggregateColumn<T5> c5 = a5.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g));
        }, $"{a1}, {a2}, {a3}, {a4}, {a5}");
    }

    /// <summary>Reads five aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>, IAggregate<TModel, T4>, IAggregate<TModel, T5>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5);
    }

    private VaultProjection<TModel, (T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3, IAggregate<TModel, T4> a4, IAggregate<TModel, T5> a5) => Project<(T1, T2, T3, T4, T5)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        AggregateColumn<T4> c4 = a4.Open(columns);
        AggregateColumn<T5> c5 = a5.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g));
    }, $"{a1}, {a2}, {a3}, {a4}, {a5}");

    /// <summary>Reads six aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3), Of(aggregate4), Of(aggregate5), Of(aggregate6));

    /// <summary>Reads six aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6, Func<T1, T2, T3, T4, T5, T6, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        IAggregate<TModel, T4> a4 = Of(aggregate4);
        IAggregate<TModel, T5> a5 = Of(aggregate5);
        IAggregate<TModel, T6> a6 = Of(aggregate6);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            AggregateColumn<T4> c4 = a4.Open(columns);
            AggregateColumn<T5> c5 = a5.Open(columns);
            AggregateColumn<T6> c6 = a6.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g));
        }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}");
    }

    /// <summary>Reads six aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>, IAggregate<TModel, T4>, IAggregate<TModel, T5>, IAggregate<TModel, T6>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6);
    }

    private VaultProjection<TModel, (T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3, IAggregate<TModel, T4> a4, IAggregate<TModel, T5> a5, IAggregate<TModel, T6> a6) => Project<(T1, T2, T3, T4, T5, T6)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        AggregateColumn<T4> c4 = a4.Open(columns);
        AggregateColumn<T5> c5 = a5.Open(columns);
        AggregateColumn<T6> c6 = a6.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g));
    }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}");

    /// <summary>Reads seven aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T7>> aggregate7) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3), Of(aggregate4), Of(aggregate5), Of(aggregate6), Of(aggregate7));

    /// <summary>Reads seven aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, T7, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T7>> aggregate7, Func<T1, T2, T3, T4, T5, T6, T7, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        IAggregate<TModel, T4> a4 = Of(aggregate4);
        IAggregate<TModel, T5> a5 = Of(aggregate5);
        IAggregate<TModel, T6> a6 = Of(aggregate6);
        IAggregate<TModel, T7> a7 = Of(aggregate7);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            AggregateColumn<T4> c4 = a4.Open(columns);
            AggregateColumn<T5> c5 = a5.Open(columns);
            AggregateColumn<T6> c6 = a6.Open(columns);
            AggregateColumn<T7> c7 = a7.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g), c7.Result(g));
        }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}, {a7}");
    }

    /// <summary>Reads seven aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>, IAggregate<TModel, T4>, IAggregate<TModel, T5>, IAggregate<TModel, T6>, IAggregate<TModel, T7>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6, t.Item7);
    }

    private VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3, IAggregate<TModel, T4> a4, IAggregate<TModel, T5> a5, IAggregate<TModel, T6> a6, IAggregate<TModel, T7> a7) => Project<(T1, T2, T3, T4, T5, T6, T7)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        AggregateColumn<T4> c4 = a4.Open(columns);
        AggregateColumn<T5> c5 = a5.Open(columns);
        AggregateColumn<T6> c6 = a6.Open(columns);
        AggregateColumn<T7> c7 = a7.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g), c7.Result(g));
    }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}, {a7}");

    /// <summary>Reads eight aggregates of each group.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7, T8)> Select<T1, T2, T3, T4, T5, T6, T7, T8>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T7>> aggregate7, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T8>> aggregate8) =>
        Tuple(Of(aggregate1), Of(aggregate2), Of(aggregate3), Of(aggregate4), Of(aggregate5), Of(aggregate6), Of(aggregate7), Of(aggregate8));

    /// <summary>Reads eight aggregates of each group and makes something of them.</summary>
    public VaultProjection<TModel, TResult> Select<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T1>> aggregate1, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T2>> aggregate2, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T3>> aggregate3, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T4>> aggregate4, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T5>> aggregate5, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T6>> aggregate6, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T7>> aggregate7, Func<GroupFields<TModel, TFields, TKey>, IAggregate<TModel, T8>> aggregate8, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IAggregate<TModel, T1> a1 = Of(aggregate1);
        IAggregate<TModel, T2> a2 = Of(aggregate2);
        IAggregate<TModel, T3> a3 = Of(aggregate3);
        IAggregate<TModel, T4> a4 = Of(aggregate4);
        IAggregate<TModel, T5> a5 = Of(aggregate5);
        IAggregate<TModel, T6> a6 = Of(aggregate6);
        IAggregate<TModel, T7> a7 = Of(aggregate7);
        IAggregate<TModel, T8> a8 = Of(aggregate8);
        return Project<TResult>(columns =>
        {
            AggregateColumn<T1> c1 = a1.Open(columns);
            AggregateColumn<T2> c2 = a2.Open(columns);
            AggregateColumn<T3> c3 = a3.Open(columns);
            AggregateColumn<T4> c4 = a4.Open(columns);
            AggregateColumn<T5> c5 = a5.Open(columns);
            AggregateColumn<T6> c6 = a6.Open(columns);
            AggregateColumn<T7> c7 = a7.Open(columns);
            AggregateColumn<T8> c8 = a8.Open(columns);
            return g => result(c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g), c7.Result(g), c8.Result(g));
        }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}, {a7}, {a8}");
    }

    /// <summary>Reads eight aggregates of each group: <c>Select(g =&gt; (g.Key, g.Count()))</c>.</summary>
    public VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7, T8)> Select<T1, T2, T3, T4, T5, T6, T7, T8>(Func<GroupFields<TModel, TFields, TKey>, (IAggregate<TModel, T1>, IAggregate<TModel, T2>, IAggregate<TModel, T3>, IAggregate<TModel, T4>, IAggregate<TModel, T5>, IAggregate<TModel, T6>, IAggregate<TModel, T7>, IAggregate<TModel, T8>)> aggregates)
    {
        var t = Of(aggregates);
        return Tuple(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6, t.Item7, t.Item8);
    }

    private VaultProjection<TModel, (T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(IAggregate<TModel, T1> a1, IAggregate<TModel, T2> a2, IAggregate<TModel, T3> a3, IAggregate<TModel, T4> a4, IAggregate<TModel, T5> a5, IAggregate<TModel, T6> a6, IAggregate<TModel, T7> a7, IAggregate<TModel, T8> a8) => Project<(T1, T2, T3, T4, T5, T6, T7, T8)>(columns =>
    {
        AggregateColumn<T1> c1 = a1.Open(columns);
        AggregateColumn<T2> c2 = a2.Open(columns);
        AggregateColumn<T3> c3 = a3.Open(columns);
        AggregateColumn<T4> c4 = a4.Open(columns);
        AggregateColumn<T5> c5 = a5.Open(columns);
        AggregateColumn<T6> c6 = a6.Open(columns);
        AggregateColumn<T7> c7 = a7.Open(columns);
        AggregateColumn<T8> c8 = a8.Open(columns);
        return g => (c1.Result(g), c2.Result(g), c3.Result(g), c4.Result(g), c5.Result(g), c6.Result(g), c7.Result(g), c8.Result(g));
    }, $"{a1}, {a2}, {a3}, {a4}, {a5}, {a6}, {a7}, {a8}");
}
