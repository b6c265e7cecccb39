namespace ModelVault.Benchmarks;

/// <summary>The rows of one table, in the order in which they are measured: each is shown when it is there.</summary>
internal sealed class Measurements(BenchmarkOptions options)
{
    private readonly Interleaver _interleaver = new(options);
    private readonly List<Row> _rows = [];

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Measures a workload, if it is asked for.</summary>
    public void Measure(Workload workload)
    {
        if (!options.Wants(workload.Name)) return;
        foreach (Row row in _interleaver.Measure(workload)) Add(row);
    }

    /// <summary>The same, with a row of its own for what ModelVault allocates.</summary>
    public void MeasureAllocation(Workload workload, string name)
    {
        if (!options.Wants(workload.Name) && !options.Wants(name)) return;
        Measurement[] measurements = _interleaver.Run(workload);
        foreach (Row row in Interleaver.Rows(workload, measurements)) Add(row);
        Add(Row.OfAllocation(name, measurements[0].Bytes));
    }

    public void Add(Row row)
    {
        _rows.Add(row);
        Console.WriteLine(row);
    }
}
