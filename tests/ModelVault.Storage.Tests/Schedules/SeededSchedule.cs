namespace ModelVault.Storage.Tests.Schedules;

/// <summary>
/// Lets threads run one at a time, and decides by a seed at each <see cref="Interleaving.Point"/> who goes on: the same seed is the
/// same interleaving.
/// </summary>
/// <param name="random">Where the decisions come from.</param>
/// <param name="stretch">A thread that could go on does so for about this many points.</param>
internal sealed class SeededSchedule(Random random, int stretch) : ISchedule
{
    private const int MostSteps = 200_000;

    [ThreadStatic]
    private static Participant? t_self;

    private readonly object _arrival = new();
    private readonly List<Participant> _ready = []; // all that wait for their turn, in the order in which they came
    private readonly Dictionary<FlushThread, int> _work = [];
    private readonly TaskCompletionSource _over = new();
    private int _starting;
    private int _nextNumber;

    /// <summary>How often another thread went on.</summary>
    public int Switches { get; private set; }

    /// <summary>How many points were passed.</summary>
    public int Steps { get; private set; }

    /// <summary>Stands for who ran when.</summary>
    public long Trace { get; private set; } = 17;

    /// <summary>Runs all to their ends, and the work that they have given to threads of the engine's own.</summary>
    public void Run(IEnumerable<Action> actors)
    {
        Interleaving.Schedule = this;
        var threads = new List<Thread>();
        foreach (var actor in actors)
        {
            _starting = 1;
            var thread = new Thread(() =>
            {
                Arrive();
                actor();
                Leave();
            }) { IsBackground = true };
            thread.Start();
            threads.Add(thread);
            // One after the other, so that they always have the same numbers.
            WaitForArrival();
        }

        Interleaving.Schedule = null;
        Next(null)!.Turn.Release();
        if (!_over.Task.Wait(TimeSpan.FromSeconds(60))) throw new TimeoutException("The schedule has come to a halt.");
        foreach (var thread in threads) thread.Join();
    }

    public void Point()
    {
        Count();
        if (random.Next(stretch) == 0) PassOn();
    }

    /// <summary>A call of the storage, of which there are few: others go on at half of them.</summary>
    public void Call()
    {
        Count();
        if (random.Next(2) == 0) PassOn();
    }

    public void BeforeLock(Lock gate)
    {
        Count();
        // Nobody else runs, so what is free now is free in a moment too.
        while (!gate.TryEnter())
        {
            Count();
            PassOn();
        }

        gate.Exit();
    }

    public void WorkPosted(FlushThread worker)
    {
        var waiting = _work.GetValueOrDefault(worker);
        _work[worker] = waiting + 1;
        if (waiting > 0) return;
        lock (_arrival) _starting++;
        WaitForArrival();
        Point();
    }

    public void WorkBegins(FlushThread worker)
    {
        // The second of two things in a row: the thread has kept its turn.
        if (t_self is not null) Point();
        else Arrive();
    }

    public void WorkEnds(FlushThread worker)
    {
        if (--_work[worker] == 0) Leave();
    }

    /// <summary>Lets the others go on for so many points, or until they are done or wait too.</summary>
    public void Wait(int points)
    {
        Count();
        t_self!.Until = Steps + points;
        PassOn();
    }

    private static void WaitForTurn() => t_self!.Turn.Wait();

    private void Count()
    {
        if (t_self is null) throw new InvalidOperationException("A thread runs that is not in the schedule.");
        if (++Steps > MostSteps) throw new TimeoutException("The schedule does not end.");
    }

    private void Arrive()
    {
        t_self = new Participant(Interlocked.Increment(ref _nextNumber));
        lock (_arrival)
        {
            _ready.Add(t_self);
            _starting--;
            Monitor.PulseAll(_arrival);
        }

        WaitForTurn();
    }

    private void WaitForArrival()
    {
        lock (_arrival)
        {
            while (_starting > 0) Monitor.Wait(_arrival);
        }
    }

    private void PassOn()
    {
        var self = t_self!;
        if (Next(self) is not { } next) return;
        Switches++;
        next.Turn.Release();
        WaitForTurn();
    }

    private void Leave()
    {
        t_self = null;
        if (Next(null) is { } next) next.Turn.Release();
        else _over.SetResult();
    }

    // Whose turn it is now, and who gives it up then waits for its own; null when nobody else's is.
    private Participant? Next(Participant? self)
    {
        var awake = _ready.Count(one => one.Until <= Steps);
        var at = awake > 0 ? Place(random.Next(awake)) : FirstToWake();
        if (at < 0 || (awake == 0 && self is not null && self.Until <= _ready[at].Until)) return null;
        var next = _ready[at];
        if (self is null) _ready.RemoveAt(at);
        else _ready[at] = self;
        Trace = (Trace * 31) + next.Number;
        return next;
    }

    private int Place(int amongAwake)
    {
        for (var at = 0; ; at++)
        {
            if (_ready[at].Until <= Steps && amongAwake-- == 0) return at;
        }
    }

    private int FirstToWake() => _ready.Count == 0 ? -1 : _ready.IndexOf(_ready.MinBy(static one => one.Until)!);

    private sealed class Participant(int number)
    {
        public int Number => number;

        /// <summary>It does not want its turn before this step.</summary>
        public int Until { get; set; }

        public Turn Turn { get; } = new();
    }

    // Waits without spinning: with a switch every few microseconds that would be most of the work.
    private sealed class Turn
    {
        private bool _hasCome;

        public void Wait()
        {
            lock (this)
            {
                while (!_hasCome) Monitor.Wait(this);
                _hasCome = false;
            }
        }

        public void Release()
        {
            lock (this)
            {
                _hasCome = true;
                Monitor.Pulse(this);
            }
        }
    }
}
