using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Makes random orders: mixed directions, nulls at either end, turned around.</summary>
internal static class RowOrders
{
    public static VaultQuery<Row, RowFields> Next(VaultQuery<Row, RowFields> query, Random random)
    {
        int terms = random.Next(4);
        for (int i = 0; i < terms; i++)
        {
            bool first = i == 0, descending = random.Next(2) == 0;
            NullPlacement nulls = (NullPlacement)random.Next(3);
            query = random.Next(8) switch
            {
                0 => By(static b => b.Number),
                1 => By(static b => b.Text),
                2 => By(static b => b.Score),
                3 => By(static b => b.Id),
                4 => By(static b => b.Flag),
                5 => By(static b => b.Place.City),
                6 => By(static b => b.Text.Length),
                _ => By(static b => b.Token),
            };

            VaultQuery<Row, RowFields> By<T>(Func<RowFields, IOrderedField<Row, T>> by) => (first, descending) switch
            {
                (true, false) => query.OrderBy(by, nulls),
                (true, true) => query.OrderByDescending(by, nulls),
                (false, false) => query.ThenBy(by, nulls),
                (false, true) => query.ThenByDescending(by, nulls),
            };
        }

        return random.Next(4) == 0 ? query.Reverse() : query;
    }
}
