using ModelVault.Generators.Parsing;

namespace ModelVault.Generators.Tests;

/// <summary>The names that things get when nobody says otherwise.</summary>
public class StoredNamesTests
{
    [Theory]
    [InlineData("Book", "books")]
    [InlineData("Category", "categories")]
    [InlineData("Box", "boxes")]
    [InlineData("Day", "days")]
    [InlineData("Address", "addresses")]
    [InlineData("Branch", "branches")]
    [InlineData("OrderLine", "order_lines")]
    [InlineData("SalesPerson", "sales_people")]
    [InlineData("Person", "people")]
    [InlineData("Status", "statuses")]
    [InlineData("Analysis", "analyses")]
    [InlineData("AppSettings", "app_settings")]
    [InlineData("Photo", "photos")]
    [InlineData("HTTPRequest", "http_requests")]
    [InlineData("SKU", "skus")]
    public void A_collection_is_the_plural_of_its_type(string type, string stored) => Assert.Equal(stored, StoredNames.Collection(type));

    [Theory]
    [InlineData("Id", "id")]
    [InlineData("OrderId", "order_id")]
    [InlineData("ISBNCode", "isbn_code")]
    [InlineData("Address1", "address1")]
    [InlineData("Address1Line", "address1_line")]
    [InlineData("already_snake", "already_snake")]
    [InlineData("_private", "_private")]
    [InlineData("IJ", "ij")]
    public void A_field_is_its_member_in_snake_case(string member, string stored) => Assert.Equal(stored, StoredNames.Field(member));

    [Fact]
    public void An_index_is_named_after_its_fields()
    {
        Assert.Equal("author_year_idx", StoredNames.Index(["author", "year"], isUnique: false));
        Assert.Equal("isbn_unique", StoredNames.Index(["isbn"], isUnique: true));
    }

    [Theory]
    [InlineData("OrderId", "orderId")]
    [InlineData("ISBN", "isbn")]
    [InlineData("ISBNCode", "isbnCode")]
    [InlineData("Class", "@class")]
    [InlineData("A", "a")]
    public void A_parameter_is_its_member_in_camel_case(string member, string parameter) => Assert.Equal(parameter, Text.CSharpText.Parameter(member));
}
