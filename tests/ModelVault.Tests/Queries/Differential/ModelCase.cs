using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>A model, how its records are made, and what can be asked of its fields.</summary>
internal abstract partial class ModelCase<TModel>(string name)
    where TModel : notnull
{
    private readonly List<QueryField<TModel>> _fields = [];
    private readonly List<PredicateSource<TModel, TModel>> _predicates = [];
    private readonly Dictionary<string, List<PredicateSource<TModel, TModel>>> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PredicateSource<TModel, TModel>> _implying = new(StringComparer.Ordinal);
    private readonly List<SortKey<TModel>> _keys = [];
    private readonly List<Question<TModel>> _questions = [.. Differential.Questions.Of<TModel>()];

    public string Name => name;

    public PredicateSource<TModel, TModel>[] Predicates => [.. _predicates];

    public SortKey<TModel>[] SortKeys => [.. _keys];

    /// <summary>Every question as often as it is to be asked.</summary>
    public Question<TModel>[] Questions => [.. _questions.SelectMany(static q => Enumerable.Repeat(q, q.Weight))];

    public abstract ImmutableArray<IndexSchema> Indexes { get; }

    public abstract ImmutableArray<string> KeyPaths { get; }

    /// <summary>Whether the key can be asked for by <c>&lt;</c>: of bytes it cannot.</summary>
    public bool HasKeyOrder => _keys.Exists(k => k.Name == KeyPaths[0]);

    public virtual int MostRecords => 600;

    public abstract object Key(TModel model);

    public abstract int CompareKeys(TModel left, TModel right);

    public abstract TModel Make(Random random, int number);

    public abstract Side<TModel> Open(ImmutableArray<IndexSchema> indexes);

    public bool AreSame(TModel left, TModel right) => Key(left).Equals(Key(right)) && _fields.TrueForAll(f => f.AreSame(left, right));

    /// <summary>A condition on a field or, of a path that ends in <c>[]</c>, on a list's items; null where there is none.</summary>
    public PredicateSource<TModel, TModel>? On(string path, Random random) => _byPath.TryGetValue(path, out List<PredicateSource<TModel, TModel>>? sources) ? sources[random.Next(sources.Count)] : null;

    /// <summary>Conditions from which those of a partial index follow, mostly, or that one of another kind needs; null for other indexes.</summary>
    public PredicateSource<TModel, TModel>? Implying(string index) => _implying.GetValueOrDefault(index);

    public QueryField<TModel> Field(Random random) => _fields[random.Next(_fields.Count)];

    public QueryField<TModel> OrderedField(Random random) => Field(random, static f => f.IsOrdered);

    public QueryField<TModel> PatchableField(Random random) => Field(random, static f => f.IsPatchable);

    /// <summary>Questions that this model is not asked.</summary>
    protected void LeaveOut(params string[] questions) => _questions.RemoveAll(q => questions.Contains(q.Name));

    private protected void Ask(string question, int weight, Func<Case<TModel>, Side<TModel>, Random, string?> difference) => _questions.Add(new(question, weight, difference));

    /// <summary>A question that only this model is asked.</summary>
    protected void Ask(string question, Func<VaultQuery<TModel, NoFields>, object?> ask, Func<IReadOnlyList<TModel>, object?> answer) =>
        _questions.Add(new(question, 1, (c, side, _) => Difference.OfOne(Outcome(() => answer(c.Expected)), Outcome(() => ask(c.On(side))), static (l, r) => Equals(l, r))));

    /// <summary>What a query has to ask for so that a partial index, or one of another kind that few conditions fit, may serve it.</summary>
    protected void Imply(string index, params PredicateSource<TModel, TModel>[] sources) => _implying.Add(index, random => sources[random.Next(sources.Length)](random));

    protected void AddPredicates(PredicateSource<TModel, TModel> predicates, string? path = null)
    {
        _predicates.Add(predicates);
        if (path is null) return;
        if (!_byPath.TryGetValue(path, out List<PredicateSource<TModel, TModel>>? sources)) _byPath.Add(path, sources = []);
        sources.Add(predicates);
    }

    private protected void AddField<T>(IField<TModel, T> field, Func<TModel, T> read, Comparison<T> compare, Func<T?, T?, bool> areSame, IEqualityComparer<T> equality, bool isFixed, PredicateSource<TModel, T>? predicates)
    {
        TypedField<TModel, T> typed = new(field.Field.Path.ToString(), field, read, compare, areSame, equality, !isFixed);
        _fields.Add(typed);
        if (typed.SortKey is { } key) _keys.Add(key);
        if (predicates is not null) AddPredicates(predicates.On(read), typed.Name);
    }

    // Of nothing there is no mean, to LINQ and to the vault.
    private static object? Outcome(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return nameof(InvalidOperationException);
        }
    }

    private QueryField<TModel> Field(Random random, Predicate<QueryField<TModel>> which)
    {
        while (true)
            if (Field(random) is var field && which(field)) return field;
    }
}

internal abstract class ModelCase<TModel, TKey>(Func<TModel, TKey> getKey, Comparison<TKey> compareKeys) : ModelCase<TModel>(typeof(TModel).Name)
    where TModel : IVaultModel<TModel>
    where TKey : notnull
{
    public override ImmutableArray<IndexSchema> Indexes => TModel.Schema.Indexes;

    public override ImmutableArray<string> KeyPaths => TModel.Schema.Key;

    public override object Key(TModel model) => getKey(model);

    public override int CompareKeys(TModel left, TModel right) => compareKeys(getKey(left), getKey(right));

    public override Side<TModel> Open(ImmutableArray<IndexSchema> indexes) => new Side<TModel, TKey>(indexes);
}
