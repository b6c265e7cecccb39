namespace ModelVault.Tests.Models;

// Lists of objects with lists and objects of their own.
[VaultCollection("shelves")]
public partial class Shelf
{
    public int Id { get; init; }

    [Index]
    public string? Label { get; set; }

    [Index]
    public int Width { get; set; }

    public int Height { get; set; }

    [Index]
    public int? Depth { get; set; }

    public Person? Owner { get; set; }

    public List<Person>? Guests { get; set; }

    public List<int> Marks { get; set; } = [];
}

[VaultObject]
public partial class Person
{
    public string? Name { get; set; }

    public int Age { get; set; }

    public Friend? Friend { get; set; }

    public List<string> Nicknames { get; set; } = [];
}

[VaultObject]
public partial class Friend
{
    public string? Name { get; set; }

    public int Age { get; set; }
}
