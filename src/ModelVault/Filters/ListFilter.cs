using ModelVault.Runtime;

namespace ModelVault;

/// <summary>How many of a list's items must pass.</summary>
internal enum ListQuantifier
{
    Any,
    All,
}

/// <summary>A condition on the items of a list, as the planner sees it.</summary>
internal interface IListCondition
{
    /// <summary>The list.</summary>
    FieldInfo List { get; }

    /// <summary>How many of its items must pass.</summary>
    ListQuantifier Quantifier { get; }

    /// <summary>What they must pass, or null where there only has to be one.</summary>
    VaultFilter? Item { get; }
}

/// <summary>A condition on the items of a list. Null has no items and passes neither quantifier.</summary>
internal sealed class ListFilter<TModel>(FieldInfo list, ListQuantifier quantifier, VaultFilter<TModel>? item) : VaultFilter<TModel>, IListCondition
{
    private readonly VaultFilter<TModel>? _item = item is null ? null : ItemScope.Demand(list, item);

    FieldInfo IListCondition.List => list;

    ListQuantifier IListCondition.Quantifier => quantifier;

    VaultFilter? IListCondition.Item => _item;

    public override string ToString() => $"{list.Path}.{quantifier}({_item})";

    internal override string Shape => $"{list.Path}.{quantifier}({_item?.Shape})";

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(list.Path) && (_item is null || _item.ReadsOnly(part));

    internal override bool Matches(ref RowContext row)
    {
        if (!list.TryLocate(row, out MessagePackReader reader) || reader.TryReadNull()) return false;
        int count = reader.BeginList();
        if (_item is null) return count > 0;

        // Inside a condition on another list's item, that item is what the conditions behind this one are on.
        int outer = row.Elements[list.Depth];
        bool isDecided = false;
        for (int i = 0; i < count && !isDecided; i++)
        {
            row.Elements[list.Depth] = reader.Position;
            isDecided = _item.Matches(ref row) == (quantifier == ListQuantifier.Any);
            reader.Skip();
        }

        row.Elements[list.Depth] = outer;
        return isDecided == (quantifier == ListQuantifier.Any);
    }
}

/// <summary>Whether a map has an entry.</summary>
internal sealed class EntryFilter<TModel>(FieldInfo entry) : VaultFilter<TModel>
{
    public override string ToString() => $"{entry.Path} exists";

    internal override string Shape => ToString();

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(entry.Path);

    internal override bool Matches(ref RowContext row) => entry.TryLocate(row, out _);
}
