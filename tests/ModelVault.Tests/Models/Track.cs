namespace ModelVault.Tests.Models;

/// <summary>A model with every kind of index.</summary>
[VaultCollection]
[Index(nameof(Artist), nameof(Year), IsDescending = [false, true])]
[Index(nameof(Year), nameof(Artist), AllDescending = true)]
[Index(nameof(Title), Where = "!Hidden && Year >= 2000", IsUnique = true, Name = "shown_titles")]
[Index(nameof(Year), nameof(Genres))]
[Index("Credits[].Name", "Credits[].Role", IgnoreCase = true)]
[Index("Label.City", Include = [nameof(Title), nameof(Notes), "Label.Name"])]
[Index(nameof(Slug), IsUnique = true, Include = [nameof(Hidden)])]
public partial class Track
{
    public long Id { get; init; }

    [Index(IgnoreCase = true, Name = "titles")]
    public string Title { get; set; } = "";

    public string? Artist { get; set; }

    public int? Year { get; set; }

    public bool Hidden { get; set; }

    public string? Slug { get; set; }

    public List<string?>? Genres { get; set; } = [];

    [Unique]
    public HashSet<string> Codes { get; set; } = [];

    public List<Credit> Credits { get; set; } = [];

    public string Notes { get; set; } = "";

    public Label? Label { get; set; }
}

[VaultObject]
public partial record Credit(string Name, CreditRole Role);

[VaultObject]
public partial record Label(string Name, string? City);

public enum CreditRole
{
    Singer,
    Writer,
}
