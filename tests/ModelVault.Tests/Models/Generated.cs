using System.ComponentModel.DataAnnotations;

namespace ModelVault.Tests.Models;

// Models with what the database generates: classes, records, wrapped and narrow keys, and members without a setter.
[VaultCollection]
public partial class Note
{
    [PrimaryKey(AutoIncrement = true)]
    public long Id { get; set; }

    [MaxLength(20)]
    public required string Text { get; set; }

    [Unique]
    public string? Slug { get; set; }

    [CreatedAt]
    public DateTime CreatedAt { get; set; }

    [UpdatedAt, Index]
    public DateTimeOffset UpdatedAt { get; private set; }

    [ConcurrencyToken]
    public int Version { get; set; }
}

public readonly record struct TicketId(int Value);

[VaultCollection]
public partial record Ticket(
    [PrimaryKey(AutoIncrement = true)] TicketId Id, string Subject, [CreatedAt, Required] DateTimeOffset? OpenedAt = null, [UpdatedAt] DateTime? ChangedAt = null, [property: ConcurrencyCheck] ulong Revision = 0);

[VaultCollection]
public partial class Document
{
    [PrimaryKey(Generated = KeyGeneration.GuidV7)]
    public Guid Id { get; init; }

    public string Title { get; set; } = "";
}

public readonly record struct SessionId(Guid Value);

[VaultCollection, PrimaryKey(nameof(Id), Generated = KeyGeneration.GuidV7)]
public partial record Session(SessionId Id, string User);

[VaultCollection]
public partial class Parcel
{
    [PrimaryKey(AutoIncrement = true), Range(100, 102)]
    public short Id { get; init; }

    [CreatedAt, Range(typeof(DateTime), "2020-01-01", "2030-01-01")]
    public DateTime Sent { get; set; }
}

// Nothing of it can be set from outside.
[VaultCollection]
public partial class Receipt(int id, byte writes = 0)
{
    [PrimaryKey(AutoIncrement = true)]
    public int Id { get; } = id;

    [Timestamp]
    public byte Writes { get; } = writes;
}

[VaultCollection]
public partial class Counter
{
    [PrimaryKey(AutoIncrement = true)]
    public ulong Id { get; init; }
}

[VaultCollection, PrimaryKey(nameof(Country), nameof(City), nameof(Street), nameof(House), nameof(Flat), nameof(Entrance), nameof(Box))]
public partial class Door
{
    public required string Country { get; init; }

    public required string City { get; init; }

    public required string Street { get; init; }

    public int House { get; init; }

    public int? Floor { get; init; }

    public char Flat { get; init; }

    public string Entrance { get; init; } = "";

    public DateOnly Box { get; init; }
}
