namespace ModelVault.Benchmarks;

/// <summary>Why ModelVault is slower or larger where it is.</summary>
internal static class Explanations
{
    public static string? Of(Row row) => row switch
    {
        { Peer: "Dictionary" } => "A dictionary has nothing to look through: a tree of pages costs a miss of the processor's cache at each of its levels.",
        { Name: var name } when name.StartsWith("file size", StringComparison.Ordinal) =>
            "SQLite's rows of a table have keys of one to four bytes and slots of two; ModelVault's have 8 bytes of key, of which pages leave out what they share, and slots of six, whose four bytes of key make searching fast. Pages in use are copied before they are changed, so a file also holds what the last commits replaced.",
        { Name: "durable commit of 1 row, 1 writer" } =>
            "A model with two indexes is three trees. A commit writes every page from each changed leaf to its root, 8 KiB each, in several places of the file; SQLite appends changed pages of 4 KiB to its log in one piece and leaves the rest to a checkpoint.",
        { Peer: "code by hand" } => "Code for one class knows beforehand how large a record can be and which fields it has; the generated code also checks text for damage, nesting for its limit, and reads records of other versions.",
        { Name: var name } when name.StartsWith("indexed equality", StringComparison.Ordinal) || name.StartsWith("indexed range", StringComparison.Ordinal) =>
            "A row costs a sixth to a seventh of SQLite's, but a query of 20 rows is also planned, opened and closed, which is an eighth of its time; SQLite's statement was planned when it was prepared. A quarter goes into finding 20 records in as many pages, for which both wait longer in a larger file, half into making the objects.",
        { Name: var name } when name.StartsWith("filtered scan", StringComparison.Ordinal) =>
            "Records of a million books do not fit the processor's cache: a quarter of the time is waiting for them. SQLite's are a sixth smaller.",
        { Name: "get" } => "What the page cache lacks is read 8 KiB at a time; SQLite's pages are 4 KiB.",
        { Name: var name } when name.StartsWith("durable commit of 1 row", StringComparison.Ordinal) =>
            "A commit writes every page from a changed leaf to its root, 8 KiB each, and its slot elsewhere in the file; SQLite appends changed pages of 4 KiB to its log and leaves the rest to a checkpoint.",
        { Name: var name } when name.StartsWith("durable commit of 100 rows", StringComparison.Ordinal) =>
            "100 rows in places drawn from a million are about 100 leaves and 50 pages above them, all of which are copied and written, 8 KiB each, into holes that earlier commits left: some 1.3 MB in 40 pieces. SQLite writes half as much, in one piece, and a checkpoint of many commits at once.",
        { Name: var name } when name.StartsWith("bulk insert, keys shuffled", StringComparison.Ordinal) =>
            "Every row goes to a leaf that the processor's cache has not got; what is left is that page's misses, which both pay, so the lead is smaller than for ascending keys.",
        { Name: ReaderLatency.Name } =>
            "No lock is between a reader and the writer. But each commit brings new copies of the root and of pages below it, which the reader's core has to fetch from the writer's: that is 1.8 to 2.1 times the time. And the machine that this was run on delivers all of the disk's interrupts, some 6,000 a second here, to one of its two cores: a reader that the system puts on that one is interrupted in more than one get of a hundred, which is 3.5 times the time, for as long as it stays there. Which of the two a run shows is chance.",
        { Name: var name } when name.StartsWith("open after kill", StringComparison.Ordinal) =>
            "Opening reads and checks the last commit's pages, and writes and flushes them once more before anything is reused; SQLite reads its log.",
        { Name: var name } when name.StartsWith("update", StringComparison.Ordinal) || name.StartsWith("delete", StringComparison.Ordinal) =>
            "1000 rows spread over a million are as many leaves, which are copied and written, 8 KiB each; SQLite's are half as large.",
        _ => null,
    };
}
