namespace ModelVault.Runtime;

/// <summary>A condition on one field, as the planner sees it: an operator and values that can be written as keys.</summary>
internal interface IFieldCondition
{
    /// <summary>The field.</summary>
    FieldInfo Field { get; }

    /// <summary>How it is compared.</summary>
    FilterOperator Operator { get; }

    /// <summary>How many values it is compared with: none for <see cref="FilterOperator.IsNull"/> and <see cref="FilterOperator.IsNotNull"/>, more than one only for <see cref="FilterOperator.In"/>.</summary>
    int ValueCount { get; }

    /// <summary>Whether keys can answer it: not where the value is in no order (NaN).</summary>
    bool IsServable => true;

    /// <summary>Whether upper and lower case are the same to it: then only keys can answer it to which they are as well.</summary>
    bool IgnoresCase => false;

    /// <summary>Whether null is among the values of an <see cref="FilterOperator.In"/>.</summary>
    bool IncludesNull => false;

    /// <summary>Writes a value as a key component, without a tag. Null values are not written: they are <see cref="FilterOperator.IsNull"/>.</summary>
    void WriteKey(ref KeyWriter key, int index);
}
