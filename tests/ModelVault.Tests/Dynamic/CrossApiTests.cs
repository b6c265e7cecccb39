using System.Globalization;
using ModelVault.Tests.Database;
using ModelVault.Tests.Models;
using ModelVault.Tests.Queries;

namespace ModelVault.Tests.Dynamic;

/// <summary>A file that one API has written is read by the other, byte for byte the same.</summary>
public sealed class CrossApiTests
{
    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Every_value_of_a_typed_record_is_read_and_written_back_without_a_model(string culture)
    {
        using CultureScope scope = new(culture);
        using TemporaryFile file = new();
        Everything full = Samples.Full();
        using (VaultDatabase db = VaultDatabase.Open(file.Path)) db.Everything.Insert(full);
        using (VaultDatabase db = VaultDatabase.Open(file.Path))
        {
            VaultRecordCollection records = db.Collection("everything");
            VaultRecord record = records.Get(full.Id)!;
            VaultRecord copy = VaultRecord.Parse(record.ToJson());
            copy["id"] = Guid.AllBitsSet;
            Assert.True(records.Delete(full.Id));
            records.Insert(record);
            records.Insert(copy);
        }

        using VaultDatabase again = VaultDatabase.Open(file.Path);
        Samples.AssertEqual(full, again.Everything.Get(full.Id)!);
        Samples.AssertEqual(full, again.Everything.Get(Guid.AllBitsSet)!, except: nameof(Everything.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_writes_by_both_apis_leave_the_same_records_and_indexes(int seed)
    {
        Random random = new(seed);
        RowConditions rows = new(random);
        using VaultDatabase typed = VaultDatabase.OpenInMemory();
        using TemporaryFile file = new();
        using VaultDatabase mixed = VaultDatabase.Open(file.Path, new VaultOptions { Durability = Durability.None });
        using VaultDatabase source = VaultDatabase.OpenInMemory();
        mixed.Rows.Insert(new Row { Id = -1 });
        mixed.Rows.Delete(-1);
        for (int i = 0; i < 400; i++)
        {
            Row row = rows.Row(random.Next(60));
            source.Rows.Upsert(row);
            VaultRecord record = source.Collection("rows").Get(row.Id)!;
            if (random.Next(4) == 0)
            {
                Assert.Equal(typed.Rows.Delete(row.Id), random.Next(2) == 0 ? mixed.Rows.Delete(row.Id) : mixed.Collection("rows").Delete(row.Id));
                continue;
            }

            typed.Rows.Upsert(row);
            if (random.Next(2) == 0) mixed.Rows.Upsert(row);
            else mixed.Collection("rows").Upsert(record);
        }

        // As JSON, which tells 1.0 from 1.00 and 0 from -0.
        static IEnumerable<string> Json(VaultDatabase db) => db.Collection("rows").All().All().Select(static r => r.ToJson());
        Assert.NotEmpty(Json(typed));
        Assert.Equal(Json(typed), Json(mixed));
        using VaultDatabase copy = VaultDatabase.OpenInMemory();
        copy.Rows.InsertMany(mixed.Rows.ToList());
        Assert.Equal(Json(typed), Json(copy));
        foreach (string index in (string[])["number", "text", "score", "price", "color", "place.city"])
        {
            VaultRecordQuery ByIndex(VaultDatabase db) => db.Collection("rows").OrderBy(index);
            Assert.Equal(PlanNodeKind.IndexRange, ByIndex(mixed).Explain().Access.Kind);
            Assert.Equal(ByIndex(typed).All("id"), ByIndex(mixed).All("id"));
        }
    }

    [Fact]
    public void A_collection_registered_without_a_model_is_opened_by_one()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("writers", """
            [{"path": ["id"], "type": "uuid"}, {"path": ["name"], "type": "string", "constraints": [{"max_length": 50}]}, {"path": ["born"], "type": "int64", "constraints": [{"min_i64": -2147483648}, {"max_i64": 2147483647}], "default": 1900}]
            """, "id", """[{"name": "name_idx", "path": ["name"], "kind": "index"}]""");
        VaultRecordCollection records = db.Collection("writers");
        Guid id = Guid.NewGuid();
        records.Insert(new VaultRecord { ["id"] = id, ["name"] = "Le Guin", ["born"] = 1929 });

        Assert.Equal("Le Guin", db.Writers.Get(new AuthorId(id))!.Name);
        Assert.Single(records.Schema.Indexes);
    }

    [Fact]
    public void The_schemas_constraints_are_enforced_and_reported_by_the_attributes_names()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", """
            [
              {"path": ["id"], "type": "int64"},
              {"path": ["title"], "type": "string", "constraints": [{"max_length": 5}, {"nonempty": true}]},
              {"path": ["year"], "type": "int64", "constraints": [{"min_i64": 0, "max_i64": 3000}]},
              {"path": ["mail"], "type": {"optional": "string"}, "constraints": [{"email": true}]},
              {"path": ["code"], "type": {"optional": "string"}, "constraints": [{"regex": "^[A-Z]+"}]},
              {"path": ["parts"], "type": {"list": {"object": [{"path": ["name"], "type": "string", "constraints": [{"min_length": 2}]}]}}}
            ]
            """, "id");
        VaultRecord record = new()
        {
            ["id"] = 1,
            ["title"] = "too long",
            ["year"] = -1,
            ["mail"] = "nobody",
            ["code"] = "a",
            ["parts"] = new[] { new VaultRecord { ["name"] = "ok" }, new VaultRecord { ["name"] = "x" } },
        };

        VaultValidationException error = Assert.Throws<VaultValidationException>(() => db.Collection("books").Insert(record));
        Assert.Equal(
            ["code RegularExpression a", "mail EmailAddress nobody", "parts[1].name MinLength x", "title MaxLength too long", "year Range -1"],
            error.Violations.Select(static v => string.Create(CultureInfo.InvariantCulture, $"{v.Path} {v.Rule} {v.Value}")));
        Assert.Equal(0, db.Collection("books").Count());
    }

    [Fact]
    public void Keys_stamps_and_tokens_are_generated_from_the_schema()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("notes", """
            [
              {"path": ["id"], "type": "int64", "generated": "auto_increment"},
              {"path": ["text"], "type": "string", "default": "none"},
              {"path": ["created"], "type": "timestamp", "generated": "created_at"},
              {"path": ["version"], "type": "int64", "generated": "concurrency_token"}
            ]
            """, "id");
        VaultRecordCollection notes = db.Collection("notes");
        VaultRecord note = [];

        Assert.Equal(1L, notes.Insert(note));
        Assert.Equal(2L, notes.Insert(new VaultRecord { ["text"] = "second" }));
        Assert.Equal((1L, 1L), (note["id"], note["version"]));
        Assert.Equal("none", notes.Get(1)!["text"]);
        Assert.True(notes.Get(1)!.GetDateTimeOffset("created") > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.True(notes.Update(1, r => r["text"] = "changed"));
        note["text"] = "late";
        Assert.Throws<VaultConflictException>(() => notes.Update(note));
        Assert.Equal("changed", notes.Get(1)!["text"]);
    }
}

[VaultCollection]
public partial record Writer([property: PrimaryKey] AuthorId Id, [property: Index, System.ComponentModel.DataAnnotations.MaxLength(50)] string Name, int Born = 1900);
