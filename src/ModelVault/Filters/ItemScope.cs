using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// The fields that a condition on a list's items can mean: the record's, those of the items that the list itself is in, and those of its own items.
/// Items are told apart by how many lists they are in, so one of another list that is in as many cannot be meant at the same time.
/// </summary>
internal sealed class ItemScope : IFieldSet
{
    private const string Items = "[]";

    private readonly FieldInfo _list;
    private readonly string _root;

    private ItemScope(FieldInfo list)
    {
        _list = list;
        _root = list.Path + Items;
    }

    /// <summary>The condition on a list's items. Throws <see cref="VaultQueryException"/> where it means another list's, or a further item of the same list.</summary>
    public static VaultFilter<TModel> Demand<TModel>(FieldInfo list, VaultFilter<TModel> item)
    {
        new ItemScope(list).Check(item);
        return item;
    }

    /// <inheritdoc/>
    public bool Holds(FieldPath path)
    {
        string text = path.ToString();
        return DepthOf(text) <= _list.Depth || text.StartsWith(_root, StringComparison.Ordinal);
    }

    private void Check(VaultFilter filter)
    {
        switch (filter)
        {
            case IConjunction both:
                Check(both.Left);
                Check(both.Right);
                break;
            case IDisjunction either:
                Check(either.Left);
                Check(either.Right);
                break;
            case INegation not:
                Check(not.Negated);
                break;
            case IListCondition inner:
                if (inner.List.Path.Equals(_list.Path) || !Holds(inner.List.Path)) throw Ambiguous(filter);
                // The items of a list that is in no more lists than this one take the place of this one's: their condition was checked by itself.
                if (inner.Item is { } item && inner.List.Depth > _list.Depth) Check(item);
                break;
            default:
                if (!filter.ReadsOnly(this)) throw Ambiguous(filter);
                break;
        }
    }

    private static int DepthOf(string path)
    {
        int depth = 0;
        for (int at = path.IndexOf(Items, StringComparison.Ordinal); at >= 0; at = path.IndexOf(Items, at + Items.Length, StringComparison.Ordinal)) depth++;
        return depth;
    }

    private VaultQueryException Ambiguous(VaultFilter filter) => new(
        $"Inside of a condition on the items of '{_list.Path}' stands '{filter}', which is on an item of another list, or on another item of this one. One query cannot hold two such items at once: read the records and compare them with LINQ.");
}
