namespace ModelVault;

/// <summary>On generated code of classes: <c>Update(key, b =&gt; b.Rating = 5)</c> changes the object in place.</summary>
public interface IChangedInPlace;

/// <summary>On generated code of records: <c>Update(key, b =&gt; b with { Rating = 5 })</c> returns the changed one.</summary>
public interface IChangedByWith;
