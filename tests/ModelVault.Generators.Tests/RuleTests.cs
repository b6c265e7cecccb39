using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>Every rule, where it applies and where it does not: the place, the squiggle and the words.</summary>
public class RuleTests
{
    [Fact]
    public void MV0001_type_is_not_partial() => Expect("'Book' must be partial, so that its schema, fields and serializer can be added to it",
        "[VaultCollection] public class {|MV0001:Book|} { public int Id { get; set; } }");

    [Fact]
    public void MV0001_object_is_not_partial_and_the_collection_that_holds_it_is_not_generated() => Expect("'Part' must be partial, so that its schema, fields and serializer can be added to it",
        "[VaultObject] public record {|MV0001:Part|}(int Size); [VaultCollection] public partial class Book { public int Id { get; set; } public Part? Part { get; set; } }");

    [Fact]
    public void MV0002_containing_type_is_not_partial() => Expect("'Outer' must be partial, because it contains the stored type 'Book'",
        "public class {|MV0002:Outer|} { [VaultCollection] public partial class Book { public int Id { get; set; } } }");

    [Theory]
    [InlineData("[VaultCollection] public partial struct {|MV0003:Book|} { public int Id { get; set; } }", "a collection is a class or a record class; a struct can be a [VaultObject]")]
    [InlineData("[VaultCollection] public abstract partial class {|MV0003:Book|} { public int Id { get; set; } }", "it is abstract, so no record could become one; annotate the types that derive from it")]
    [InlineData("[VaultCollection] public static partial class {|MV0003:Book|} { }", "it is static")]
    [InlineData("[VaultObject] public ref partial struct {|MV0003:Book|} { public int Id { get; set; } }", "it is a ref struct")]
    [InlineData("[VaultCollection] public partial class {|MV0003:Book|}<T> { public int Id { get; set; } }", "it is generic, or inside a generic type; annotate a type that closes it")]
    [InlineData("public partial class Outer<T> { [VaultObject] public partial class {|MV0003:Book|} { public int Id { get; set; } } }", "it is generic, or inside a generic type; annotate a type that closes it")]
    [InlineData("[VaultCollection] file partial class {|MV0003:Book|} { public int Id { get; set; } }", "it is local to its file, where generated code can't reach it")]
    [InlineData("public partial class Outer { [VaultCollection] private partial class {|MV0003:Book|} { public int Id { get; set; } } }", "it is private or protected, where generated code can't reach it")]
    [InlineData("public partial class Outer { protected partial class Middle { [VaultCollection] public partial class {|MV0003:Book|} { public int Id { get; set; } } } }", "it is private or protected, where generated code can't reach it")]
    [InlineData("[VaultCollection, VaultObject] public partial class {|MV0003:Book|} { public int Id { get; set; } }", "it is both a [VaultCollection] and a [VaultObject]")]
    [InlineData("[VaultCollection] public partial class Base { public int Id { get; set; } } [VaultCollection] public partial class {|MV0003:Book|} : Base;", "its base class 'Base' is a collection of its own; move what they share to a base class that is none")]
    public void MV0003_kind_is_not_supported(string source, string why) => Expect($"'Book' can't be stored: {why}", source);

    [Fact]
    public void MV0003_obsolete_as_an_error() => Expect("'Book' can't be stored: it is obsolete as an error, so that generated code can't use it either",
        "[VaultCollection, Obsolete(\"gone\", true)] public partial class {|MV0003:Book|} { public int Id { get; set; } }");

    [Fact]
    public void MV0007_obsolete_as_an_error() => Expect("'Book.Old' can't be stored: it is obsolete as an error, so that generated code can't use it either",
        "[VaultCollection] public partial class Book { public int Id { get; set; } [Obsolete(\"gone\", true)] public int {|MV0007:Old|} { get; set; } }");

    [Fact]
    public void MV0004_no_key() => Expect("'Book' has no primary key: mark a property with [PrimaryKey], or call it Id",
        "[VaultCollection] public partial class {|MV0004:Book|} { public int Number { get; set; } }");

    [Fact]
    public void MV0004_an_unsupported_key_is_not_a_missing_one() => Expect("'Book.Id' can't be stored: the type 'Delegate' is not supported",
        "[VaultCollection] public partial class Book { public Delegate {|MV0007:Id|} { get; set; } = null!; }");

    [Theory]
    [InlineData("[VaultCollection] public partial class Book { [PrimaryKey] public int A { get; set; } [PrimaryKey] public int {|MV0005:B|} { get; set; } }", "several members are marked; a composite key is [PrimaryKey(nameof(A), nameof(B))] on the type")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey(\"A\", \"X\")|}] public partial class Book { public int A { get; set; } }", "there is no stored member 'X'")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey(\"A\", \"A\")|}] public partial class Book { public int A { get; set; } }", "a member is named twice")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey|}] public partial class Book { public int A { get; set; } }", "on a type [PrimaryKey] names the key's members")]
    [InlineData("[VaultCollection] public partial class Book { [{|MV0005:PrimaryKey(\"B\")|}] public int A { get; set; } public int B { get; set; } }", "on a member [PrimaryKey] names no others; a composite key is marked on the type")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey(\"A\", \"B\", \"C\", \"D\", \"E\", \"F\", \"G\", \"H\")|}] public partial class Book { public int A { get; set; } }", "a key has at most 7 members")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey(\"A\", \"B\", AutoIncrement = true)|}] public partial class Book { public int A { get; set; } public int B { get; set; } }", "a key of several members can't be generated")]
    [InlineData("[VaultCollection, {|MV0005:PrimaryKey(\"A\", \"B\", Generated = KeyGeneration.GuidV7)|}] public partial class Book { public Guid A { get; set; } public int B { get; set; } }", "a key of several members can't be generated")]
    [InlineData("[VaultCollection, PrimaryKey(\"A\")] public partial class Book { public int A { get; set; } [PrimaryKey] public int {|MV0005:B|} { get; set; } }", "it is marked both on the type and on a member")]
    public void MV0005_key_members_are_not_clear(string source, string why) => Expect($"The primary key of 'Book' is not clear: {why}", source);

    [Theory]
    [InlineData("public string? {|MV0006:Id|} { get; set; }", "it may be null")]
    [InlineData("public int? {|MV0006:Id|} { get; set; }", "it may be null")]
    [InlineData("public List<int> {|MV0006:Id|} { get; set; } = [];", "it is not a single value such as a number, a string or a Guid")]
    public void MV0006_key_is_not_a_scalar(string member, string why) => Expect($"'Book.Id' can't be a key: {why}", $"[VaultCollection] public partial class Book {{ {member} }}");

    [Theory]
    [InlineData("[PrimaryKey(AutoIncrement = true)] public string {|MV0006:Id|} { get; set; } = \"\";", "AutoIncrement makes integers of up to 64 bits")]
    [InlineData("[PrimaryKey(AutoIncrement = true)] public Guid {|MV0006:Id|} { get; set; }", "AutoIncrement makes integers of up to 64 bits")]
    [InlineData("[PrimaryKey(AutoIncrement = true)] public Int128 {|MV0006:Id|} { get; set; }", "AutoIncrement makes integers of up to 64 bits")]
    [InlineData("[PrimaryKey(AutoIncrement = true)] public DayOfWeek {|MV0006:Id|} { get; set; }", "AutoIncrement makes integers of up to 64 bits")]
    [InlineData("[PrimaryKey(AutoIncrement = true)] public int? {|MV0006:Id|} { get; set; }", "it may be null")]
    [InlineData("[PrimaryKey(Generated = KeyGeneration.GuidV7)] public long {|MV0006:Id|} { get; set; }", "KeyGeneration.GuidV7 makes Guids")]
    [InlineData("[{|MV0006:PrimaryKey(AutoIncrement = true, Generated = KeyGeneration.GuidV7)|}] public long Id { get; set; }", "AutoIncrement and Generated are two ways to make a key; name one")]
    [InlineData("[PrimaryKey, CreatedAt] public DateTime {|MV0006:Id|} { get; set; }", "a key does not change, so it is neither stamped nor counted")]
    public void MV0006_key_can_not_be_generated(string member, string why) => Expect($"'Book.Id' can't be a key: {why}", $"[VaultCollection] public partial class Book {{ {member} }}");

    [Theory]
    [InlineData("[{|MV0007:CreatedAt|}] public DateOnly M { get; set; }", "[CreatedAt] asks for a time, which is a DateTime or DateTimeOffset")]
    [InlineData("[{|MV0007:UpdatedAt|}] public long M { get; set; }", "[UpdatedAt] asks for a time, which is a DateTime or DateTimeOffset")]
    [InlineData("[{|MV0007:ConcurrencyToken|}] public Guid M { get; set; }", "[ConcurrencyToken] asks for a concurrency token, which is an integer of up to 64 bits that is never null")]
    [InlineData("[{|MV0007:ConcurrencyToken|}] public int? M { get; set; }", "[ConcurrencyToken] asks for a concurrency token, which is an integer of up to 64 bits that is never null")]
    [InlineData("[{|MV0007:Timestamp|}] public byte[] M { get; set; } = [];", "[Timestamp] asks for a concurrency token, which is an integer of up to 64 bits that is never null")]
    [InlineData("[{|MV0007:ConcurrencyCheck|}] public string M { get; set; } = \"\";", "[ConcurrencyCheck] asks for a concurrency token, which is an integer of up to 64 bits that is never null")]
    [InlineData("[CreatedAt] public DateTime A { get; set; } [CreatedAt] public DateTime {|MV0007:M|} { get; set; }", "'A' is marked in the same way, and a record has one")]
    [InlineData("[ConcurrencyToken] public int A { get; set; } [ConcurrencyCheck] public int {|MV0007:M|} { get; set; }", "'A' is marked in the same way, and a record has one")]
    [InlineData("[CreatedAt, {|MV0007:UpdatedAt|}] public DateTime M { get; set; }", "[UpdatedAt] stands beside [CreatedAt], and one value can't be both")]
    public void MV0007_member_can_not_be_generated(string members, string why) =>
        Expect($"'Book.M' can't be stored: {why}", $"[VaultCollection] public partial class Book {{ public int Id {{ get; set; }} {members} }}");

    [Fact]
    public void MV0007_a_held_object_is_not_stamped() => Expect("'Part.At' can't be stored: [UpdatedAt] is for the members of a collection; the record that holds this object can have it",
        "[VaultObject] public partial class Part { [{|MV0007:UpdatedAt|}] public DateTime At { get; set; } }");

    [Fact]
    public void MV0008_a_stamp_has_to_be_stored() => Expect("'Book.At' can't be set when a record is read: it is computed",
        "[VaultCollection] public partial class Book { public int Id { get; set; } [CreatedAt] public DateTime {|MV0008:At|} => default; }");

    [Theory]
    [InlineData("nint", "the type 'nint' is not supported")]
    [InlineData("object", "the type 'object' is not supported")]
    [InlineData("System.Text.StringBuilder?", "the type 'StringBuilder' is not supported")]
    [InlineData("Memory<byte>", "the type 'Memory<byte>' is not supported")]
    [InlineData("ReadOnlyMemory<char>", "the type 'ReadOnlyMemory<char>' is not supported")]
    [InlineData("IEnumerable<int>", "the type 'IEnumerable<int>' is not supported")]
    [InlineData("Stack<int>", "the type 'Stack<int>' is not supported")]
    [InlineData("HashSet<int[]>", "'HashSet<int[]>' is a set of collections, which are never equal; use a list")]
    [InlineData("ISet<Value?>", "'ISet<Value?>' is a set of objects that may be null; use a list")]
    [InlineData("SortedSet<Uri>", "'SortedSet<Uri>' is sorted, but 'Uri' has no order of its own")]
    [InlineData("SortedDictionary<Key, int>", "'SortedDictionary<Key, int>' is sorted, but 'Key' has no order of its own")]
    [InlineData("System.Collections.Immutable.ImmutableStack<int>", "the type 'ImmutableStack<int>' is not supported")]
    [InlineData("(int, int)", "the type '(int, int)' is not supported")]
    [InlineData("Func<int>?", "the type 'Func<int>' is not supported")]
    [InlineData("List<Func<int>>", "the type 'Func<int>' is not supported")]
    [InlineData("int[,]", "'int[,]' has several dimensions; use an array of arrays")]
    [InlineData("Dictionary<DateTime, int>", "the keys of 'Dictionary<DateTime, int>' are neither strings, integers nor Guids")]
    [InlineData("Plain?", "the type 'Plain' is not supported; if it is a value that the model holds, make it a [VaultObject]")]
    [InlineData("Other?", "'Other' is a collection of its own; store its key, or hold a [VaultObject]")]
    [InlineData("Wrap", "'Wrap' holds 'List<int>'; a struct stored as its value holds one scalar that is never null")]
    public void MV0007_member_type_is_not_supported(string type, string why) => Expect($"'Book.Member' can't be stored: {why}", $$"""
        public class Plain; public readonly record struct Key(int Value); [VaultObject] public partial record Value(int A); public readonly record struct Wrap(List<int> Value);
        [VaultCollection] public partial class Other { public int Id { get; set; } }
        [VaultCollection] public partial class Book { public int Id { get; set; } public {{type}} {|MV0007:Member|} { get; set; } = default!; }
        """);

    [Fact]
    public void MV0007_an_object_that_contains_itself_has_no_schema() => Expect("'Node.Next' can't be stored: 'Node' contains itself, so its schema would have no end",
        "[VaultObject] public partial class Node { public Node? {|MV0007:Next|} { get; set; } } [VaultCollection] public partial class Tree { public int Id { get; set; } public Node? Root { get; set; } }");

    [Fact]
    public void MV0007_a_cycle_is_reported_by_every_object_on_it() => Assert.Equal(
        ["'A.B' can't be stored: 'B' leads back to 'A', so its schema would have no end", "'B.List' can't be stored: 'A' leads back to 'B', so its schema would have no end"],
        Markup.Verify("[VaultObject] public partial class A { public B? {|MV0007:B|} { get; set; } } [VaultObject] public partial class B { public List<A> {|MV0007:List|} { get; set; } = []; }"));

    [Theory]
    [InlineData("[VaultUnion] public abstract class Shape; public class Circle : Shape;", "the union 'Shape' has no cases; its cases are the [VaultObject] types that derive from it in its own project")]
    [InlineData("[VaultUnion] public class Shape; [VaultObject] public partial class Circle : Shape { public int A { get; set; } }", "the union 'Shape' is not abstract, so a value of it would be of no case")]
    [InlineData("public abstract class Shape; [VaultObject] public partial class Circle : Shape { public int A { get; set; } }", "the type 'Shape' is not supported; if it is a value that the model holds, make it a [VaultObject] or a [VaultUnion]")]
    public void MV0007_union_is_not_supported(string union, string why) => Expect($"'Book.Shape' can't be stored: {why}",
        $"{union} [VaultCollection] public partial class Book {{ public int Id {{ get; set; }} public Shape? {{|MV0007:Shape|}} {{ get; set; }} }}");

    [Fact]
    public void MV0007_a_case_that_holds_its_union_has_no_schema() => Expect("'Add.Left' can't be stored: 'Term' leads back to 'Add', so its schema would have no end",
        "[VaultUnion] public abstract record Term; [VaultObject] public partial record Number(int Value) : Term; [VaultObject] public partial record Add : Term { public Term? {|MV0007:Left|} { get; set; } } [VaultCollection] public partial class Sum { public int Id { get; set; } public Term? Term { get; set; } }");

    [Theory]
    [InlineData("public class C;", "it does not implement IVaultConverter<Money, TStored>")]
    [InlineData("public class C : IVaultConverter<string, int> { public static int ToStored(string value) => 0; public static string FromStored(int stored) => \"\"; }", "it does not implement IVaultConverter<Money, TStored>")]
    [InlineData("public static class C;", "a converter is a class or struct that is neither static nor open")]
    [InlineData("public class C : IVaultConverter<Money, int>, IVaultConverter<Money, string> { static int IVaultConverter<Money, int>.ToStored(Money value) => 0; static Money IVaultConverter<Money, int>.FromStored(int stored) => new(); static string IVaultConverter<Money, string>.ToStored(Money value) => \"\"; static Money IVaultConverter<Money, string>.FromStored(string stored) => new(); }", "it implements IVaultConverter<Money, TStored> more than once")]
    [InlineData("\n#nullable disable warnings\npublic class C : IVaultConverter<Money, int?> { public static int? ToStored(Money value) => 0; public static Money FromStored(int? stored) => new(); }\n#nullable restore\n", "its stored type is nullable; null is stored without a converter")]
    [InlineData("file class C : IVaultConverter<Money, int> { public static int ToStored(Money value) => 0; public static Money FromStored(int stored) => new(); }", "generated code can't reach it; make it and what contains it public or internal")]
    [InlineData("public class C : IVaultConverter<Money, Loop> { public static Loop ToStored(Money value) => new(); public static Money FromStored(Loop stored) => new(); }", "what it stores leads back to what it converts")]
    public void MV0301_converter_can_not_be_used(string converter, string why) => Expect(
        $"'Book.Price' can't be stored through '{(why.Contains("leads back", StringComparison.Ordinal) ? "L" : "C")}': {why}", $$"""
        public readonly struct Money; {{converter}}
        [VaultConverter(typeof(L))] public readonly struct Loop;
        public class L : IVaultConverter<Loop, Loop> { public static Loop ToStored(Loop value) => value; public static Loop FromStored(Loop stored) => stored; }
        [VaultCollection] public partial class Book { public int Id { get; set; } [VaultConverter(typeof(C))] public Money {|MV0301:Price|} { get; set; } }
        """);

    [Fact]
    public void MV0301_no_converter_is_named() => Expect(
        "'Book.Prices' can't be stored through 'null': it names no converter",
        "[VaultConverter(null!)] public readonly struct Money; [VaultCollection] public partial class Book { public int Id { get; set; } public List<Money> {|MV0301:Prices|} { get; set; } = []; }");

    [Fact]
    public void MV0007_what_a_converter_stores_has_to_be_storable() => Expect("'Book.Price' can't be stored: the type 'object' is not supported",
        "public struct Money; public class C : IVaultConverter<Money, object> { public static object ToStored(Money value) => value; public static Money FromStored(object stored) => default; } [VaultCollection] public partial class Book { public int Id { get; set; } [VaultConverter(typeof(C))] public Money {|MV0007:Price|} { get; set; } }");

    [Theory]
    [InlineData("public int {|MV0008:Member|} { get; }", "it has no setter, and no constructor parameter matches it")]
    [InlineData("public IReadOnlyList<int> {|MV0008:Member|} { get; } = [];", "it has no setter, and no constructor parameter matches it")]
    [InlineData("[Index] public int {|MV0008:Member|} => 5;", "it is computed")]
    [InlineData("[VaultField] internal int {|MV0008:Member|} { get; set; }", "only public properties with a getter are stored")]
    public void MV0008_member_can_not_be_written_back(string member, string why) =>
        Expect($"'Book.Member' can't be set when a record is read: {why}", $"[VaultCollection] public partial class Book {{ public int Id {{ get; set; }} {member} }}");

    [Fact]
    public void MV0009_no_usable_constructor() => Expect("'Book' has no constructor that a record can be read with: it needs one without parameters, or one whose every parameter matches a stored member by name and type",
        "[VaultCollection] public partial class {|MV0009:Book|} { public Book(int number) { Id = number; } public int Id { get; set; } }");

    [Fact]
    public void MV0010_optional_parameter_is_not_covered() => Expect("The parameter 'log' matches no stored member of 'Book', so it gets its default value whenever a record is read",
        "[VaultCollection] public partial class Book { public Book(int id, bool {|MV0010:log|} = false) { Id = id; _ = log; } public int Id { get; } }");

    [Fact]
    public void MV0010_a_parameter_whose_member_is_left_out_is_meant() => Markup.Verify(
        "[VaultCollection] public partial record Book(int Id, [VaultIgnore] string? A = null, [property: VaultIgnore] string? B = null);");

    [Theory]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } public int {|MV0011:Schema|} { get; set; } }", "'Book.Schema' has the name of a generated member; rename it")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } public void {|MV0011:Fields|}() { } }", "'Book.Fields' has the name of a generated member; rename it")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [VaultField(\"id\")] public int {|MV0011:Number|} { get; set; } }", "'Book.Number' and 'Id' have the same stored name 'id'")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0011:VaultField(\" \")|}] public int Number { get; set; } }", "The stored name of 'Book.Number' is empty")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0011:VaultField(\"a.b\")|}] public int Number { get; set; } }", "The stored name of 'Book.Number' has a '.', '[' or ']', which paths are made of")]
    [InlineData("[{|MV0011:VaultCollection(\"\")|}] public partial class Book { public int Id { get; set; } }", "The stored name of 'Book' is empty")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } } public class {|MV0011:BookFields|};", "'BookFields' has the name of the type that is generated for 'Book'; rename it")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } } public static class {|MV0011:BookVaultExtensions|};", "'BookVaultExtensions' has the name of the type that is generated for 'Book'; rename it")]
    [InlineData("[VaultUnion] public abstract class Shape; [VaultObject] public partial class Circle : Shape { public int A { get; set; } } [VaultObject(\"circle\")] public partial class {|MV0011:Round|} : Shape { public int A { get; set; } }", "'Circle' and 'Round' are cases of 'Shape' with the same stored name 'circle'; give one another with [VaultObject(\"…\")]")]
    [InlineData("[VaultObject(\" \")] public partial class {|MV0011:Part|} { public int A { get; set; } }", "The stored name of 'Part' is empty")]
    [InlineData("[VaultObject] public partial class Part { public bool {|MV0011:IsNull|} { get; set; } }", "'Part.IsNull' has a name that the generated fields need; rename it")]
    [InlineData("[VaultCollection] public partial class {|MV0011:CollectionName|} { public int Id { get; set; } }", "'CollectionNames', the accessor of 'CollectionName', is hidden by VaultDatabase.CollectionNames; name another with [VaultCollection(Accessor = \"…\")]")]
    [InlineData("[{|MV0011:VaultCollection(Accessor = \"a b\")|}] public partial class Book { public int Id { get; set; } }", "'a b', the accessor of 'Book', is not a C# name")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [Index(Name = \"x\")] public int A { get; set; } [{|MV0011:Index(Name = \"x\")|}] public int B { get; set; } }", "Two indexes of 'Book' have the same stored name 'x'")]
    [InlineData("namespace N { [VaultCollection] public partial class Book { public int Id { get; set; } } } namespace M { [VaultCollection] public partial class {|MV0011:Book|} { public int Id { get; set; } } }", "'Book' and 'Book' have the same stored name 'books'; give one another with [VaultCollection(\"…\")]")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } } [VaultCollection(\"x\", Accessor = \"Books\")] public partial class {|MV0011:Other|} { public int Id { get; set; } }", "'Book' and 'Other' have the same accessor 'Books'; name another with [VaultCollection(Accessor = \"…\")]")]
    public void MV0011_names_clash(string source, string message) => Expect(message, source);

    [Theory]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0012:Index|}] public Dictionary<string, int> Map { get; set; } = []; }", "Map", "only single values such as numbers, strings and dates, and lists of them, can be indexed")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0012:Index|}] public List<List<int>> Lists { get; set; } = []; }", "Lists", "only single values such as numbers, strings and dates, and lists of them, can be indexed")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0012:Index|}] public List<Part> Parts { get; set; } = []; } [VaultObject] public partial record Part(int Size);", "Parts", "its elements are objects; name what to index of them on the type, as in \"Parts[].Size\"")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"Id[]\")|}] public partial class Book { public int Id { get; set; } }", "Id[]", "'Id' is no list or set")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"Parts[].Sizes\")|}] public partial class Book { public int Id { get; set; } public List<Part> Parts { get; set; } = []; } [VaultObject] public partial class Part { public List<int> Sizes { get; set; } = []; }", "Parts[].Sizes", "it is in a list inside a list")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"A\", \"B\")|}] public partial class Book { public int Id { get; set; } public List<int> A { get; set; } = []; public List<int> B { get; set; } = []; }", "B", "it is in another list than a member before it; an index covers the elements of one")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"A\", \"A[]\")|}] public partial class Book { public int Id { get; set; } public List<int> A { get; set; } = []; }", "A[]", "it is named twice")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"X\")|}] public partial class Book { public int Id { get; set; } }", "X", "there is no stored member 'X'")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"Id\", \"Secret\")|}] public partial class Book { public int Id { get; set; } [VaultIgnore] public int Secret { get; set; } }", "Secret", "there is no stored member 'Secret'")]
    [InlineData("[VaultCollection, {|MV0012:Index(\"A\", \"A\")|}] public partial class Book { public int Id { get; set; } public int A { get; set; } }", "A", "it is named twice")]
    [InlineData("[VaultCollection, {|MV0012:Index|}] public partial class Book { public int Id { get; set; } }", "Book", "on a type [Index] names the members to index")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0012:Index(\"B\")|}] public int A { get; set; } public int B { get; set; } }", "A", "on a member [Index] names no others; an index over several members is declared on the type")]
    public void MV0012_member_can_not_be_indexed(string source, string what, string why) => Expect($"The index on '{what}' is not possible: {why}", source);

    [Theory]
    [InlineData("IsDescending = [true, false]", "IsDescending", "it says so of 2 members, the index has 1")]
    [InlineData("IsDescending = [true], AllDescending = true", "AllDescending", "it and IsDescending are given; give one of them")]
    [InlineData("IgnoreCase = true", "IgnoreCase", "none of the members is a string")]
    [InlineData("Include = [\"Nothing\"]", "Nothing", "there is no stored member of this name to include")]
    [InlineData("Include = [\"Tags[]\"]", "Tags[]", "of a list all elements are included: name the list")]
    [InlineData("Include = [\"Year\"]", "Year", "the entries hold it already, so it can't be included")]
    [InlineData("Include = [\"Id\"]", "Id", "the entries hold it already, so it can't be included")]
    [InlineData("Include = [\"Place.City\", \"Place\"]", "Place.City", "the entries hold it already, so it can't be included")]
    [InlineData("Where = \"Year >\"", "Year >", "it is not an expression of C#; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Lent || Year > 1\"", "Lent || Year > 1", "a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Lent && Title.Length > 1\"", "Title.Length", "there is no stored member of this name; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Title.StartsWith(\\\"a\\\")\"", "Title.StartsWith(\"a\")", "a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Nothing == 1\"", "Nothing", "there is no stored member of this name; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"1 == 1\"", "1 == 1", "a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Year == Id\"", "Year == Id", "it compares two members; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Year\"", "Year", "'Year' is no bool that is always there; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"!Sold\"", "!Sold", "'Sold' is no bool that is always there; a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    [InlineData("Where = \"Year == null\"", "Year == null", "the member is never null")]
    [InlineData("Where = \"Title < null\"", "Title < null", "nothing is less or greater than null")]
    [InlineData("Where = \"Tags != null\"", "Tags", "only single values such as numbers, strings and dates can be compared")]
    [InlineData("Where = \"Year == \\\"a\\\"\"", "Year == \"a\"", "'\"a\"' is no literal that is a value of 'int'")]
    [InlineData("Where = \"Year == 3000000000\"", "Year == 3000000000", "'3000000000' is no literal that is a value of 'int'")]
    [InlineData("Where = \"Year == 1.5\"", "Year == 1.5", "'1.5' is no literal that is a value of 'int'")]
    [InlineData("Where = \"Weight > 0.1\"", "Weight > 0.1", "'0.1' is no literal that is a value of 'float'")]
    [InlineData("Where = \"Weight > 1m\"", "Weight > 1m", "'1m' is no literal that is a value of 'float'")]
    [InlineData("Where = \"Added > \\\"2020-01-01\\\"\"", "Added > \"2020-01-01\"", "'\"2020-01-01\"' is no literal that is a value of 'System.DateTime'")]
    [InlineData("Where = \"State == State.Lost\"", "State == State.Lost", "'State.Lost' is no member of the enum 'State'")]
    [InlineData("Where = \"State == Other.Open\"", "State == Other.Open", "'Other.Open' is no member of the enum 'State'")]
    [InlineData("Where = \"State == 1\"", "State == 1", "'1' is no member of the enum 'State'")]
    [InlineData("Where = \"Year is 5\"", "Year is 5", "a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several")]
    public void MV0012_what_an_index_says_is_not_possible(string said, string what, string why) => Expect($"The index on '{what}' is not possible: {why}", $$"""
        [VaultCollection] public partial class Book
        {
            public int Id { get; set; } [{|MV0012:Index({{said}})|}] public int Year { get; set; } public bool Lent { get; set; } public bool? Sold { get; set; } public string? Title { get; set; }
            public List<string> Tags { get; set; } = []; public Place? Place { get; set; } public float Weight { get; set; } public DateTime Added { get; set; } public State State { get; set; }
        }
        [VaultObject] public partial record Place(string City);
        public enum State { Open, Closed }
        """);

    [Theory]
    [InlineData("[VaultCollection, Index(\"A\", \"B\", IsDescending = [true, false]), {|MV0013:Index(\"A\", \"B\", IsDescending = [true, false], Name = \"z\")|}] public partial class Book { public int Id { get; set; } public int A { get; set; } public int B { get; set; } }", "z", "the index 'a_b_idx'")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0013:Index|}, Index(Include = [\"B\"], Name = \"b\")] public int A { get; set; } public int B { get; set; } }", "a_idx", "the index 'b'")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [Index(Where = \"A > 1 && B == 2\"), {|MV0013:Index(Where = \"2 == B && (1 < A)\", Name = \"z\")|}] public int A { get; set; } public int B { get; set; } }", "z", "the index 'a_idx'")]
    [InlineData("[VaultCollection, Index(\"A\", \"B\"), {|MV0013:Index(\"A\", \"B\", Name = \"z\")|}] public partial class Book { public int Id { get; set; } public int A { get; set; } public int B { get; set; } }", "z", "the index 'a_b_idx'")]
    [InlineData("[VaultCollection] public partial class Book { [{|MV0013:Index|}] public int Id { get; set; } }", "id_idx", "the primary key")]
    [InlineData("[VaultCollection] public partial class Book { [{|MV0013:Unique|}] public int Id { get; set; } }", "id_unique", "the primary key")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [{|MV0013:Index|}, Unique] public int A { get; set; } }", "a_idx", "the index 'a_unique'")]
    [InlineData("[VaultCollection, PrimaryKey(\"A\", \"B\")] public partial class Book { [{|MV0013:Index|}] public int A { get; set; } [Index] public int B { get; set; } }", "a_idx", "the primary key")]
    [InlineData("[VaultCollection] public partial class Book { public int Id { get; set; } [Index(Name = \"x\"), {|MV0013:Index(Name = \"y\")|}] public int A { get; set; } }", "y", "the index 'x'")]
    public void MV0013_index_is_redundant(string source, string index, string by) =>
        Expect($"The index '{index}' is redundant: {by} has the same members and serves its queries", source);

    [Theory]
    [InlineData("AllDescending = true")]
    [InlineData("IgnoreCase = true")]
    [InlineData("Where = \"A != null\"")]
    [InlineData("Where = \"A != null\", IsUnique = true")]
    [InlineData("Include = [\"Id2\"]")]
    public void MV0013_an_index_that_does_what_the_other_does_not_is_none(string said) => Markup.Verify(
        $"[VaultCollection] public partial class Book {{ public int Id {{ get; set; }} public int Id2 {{ get; set; }} [Unique, Index({said}, Name = \"z\")] public string? A {{ get; set; }} }}");

    [Theory]
    [InlineData("Index")]
    [InlineData("Unique")]
    public void MV0013_a_prefix_of_another_index_delivers_another_order(string attribute) => Markup.Verify(
        $"[VaultCollection, Index(\"A\", \"B\")] public partial class Book {{ public int Id {{ get; set; }} [{attribute}] public int A {{ get; set; }} public int B {{ get; set; }} }}");

    [Theory]
    [InlineData("[{|MV0014:Phone|}] public int M { get; set; }", "Phone", "it applies to strings only")]
    [InlineData("[{|MV0014:CustomValidation(typeof(Book), \"Check\")|}] public string M { get; set; } = \"\";", "CustomValidation", "it is not supported")]
    [InlineData("[{|MV0014:Compare(\"Id\")|}] public string M { get; set; } = \"\";", "Compare", "'Id' is of another type, or of one that can't be compared")]
    [InlineData("[{|MV0014:Compare(\"Other\")|}] public string M { get; set; } = \"\"; [VaultIgnore] public string Other { get; set; } = \"\";", "Compare", "'Other' is not a stored member of 'Book'")]
    [InlineData("[{|MV0014:RegularExpression(\"(\")|}] public string M { get; set; } = \"\";", "RegularExpression", "the pattern is not valid: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("[{|MV0014:RegularExpression(\"(?x)a # b\")|}] public string M { get; set; } = \"\";", "RegularExpression", "the pattern can't be anchored: it ends in a comment")]
    [InlineData("[{|MV0014:RegularExpression(\"^(?=.*[0-9]).+$\")|}] public string M { get; set; } = \"\";", "RegularExpression", "the pattern needs backtracking, whose time has no bound; write it without look-arounds, back-references and atomic groups")]
    [InlineData("[{|MV0014:RegularExpression(\"(a{1000}){1000}\")|}] public string M { get; set; } = \"\";", "RegularExpression", "the pattern is too large to be matched without backtracking; its quantifiers multiply")]
    [InlineData("[{|MV0014:Range(1.5, 1.5, MinimumIsExclusive = true)|}] public double M { get; set; }", "Range", "no value is in its range")]
    [InlineData("[{|MV0014:MaxLength(5)|}] public int M { get; set; }", "MaxLength", "it applies to strings, lists, arrays and dictionaries only")]
    [InlineData("[{|MV0014:StringLength(5)|}] public List<int> M { get; set; } = [];", "StringLength", "it applies to strings only")]
    [InlineData("[{|MV0014:Range(1, 5)|}] public string M { get; set; } = \"\";", "Range", "it applies to numbers, dates and times only")]
    [InlineData("[{|MV0014:Range(300, 500)|}] public byte M { get; set; }", "Range", "no value is in its range")]
    [InlineData("[{|MV0014:Range(1, 5)|}] public DateOnly M { get; set; }", "Range", "of dates and times, write [Range(typeof(…), \"from\", \"to\")]")]
    [InlineData("[{|MV0014:Range(typeof(decimal), \"1,5\", \"x\")|}] public decimal M { get; set; }", "Range", "a limit is not a number in the invariant culture")]
    [InlineData("[{|MV0014:AllowedValues(1, \"x\")|}] public int M { get; set; }", "AllowedValues", "\"x\" is not a value of type int")]
    [InlineData("[{|MV0014:Required(ErrorMessageResourceName = \"X\")|}] public string M { get; set; } = \"\";", "Required", "its message is no static property of its resource type")]
    [InlineData("[{|MV0014:Required(ErrorMessageResourceType = typeof(Book), ErrorMessageResourceName = \"Number\")|}] public string M { get; set; } = \"\"; public static int Number => 1;", "Required", "its message 'Number' is not a string")]
    [InlineData("[{|MV0014:Required(ErrorMessageResourceType = typeof(Book), ErrorMessageResourceName = \"Hidden\")|}] public string M { get; set; } = \"\"; private static string Hidden => \"\";", "Required", "generated code can't reach its message 'Hidden'; make it public or internal")]
    [InlineData("[{|MV0014:Own|}] public string M { get; set; } = \"\"; private class OwnAttribute : ValidationAttribute;", "Own", "generated code can't reach it; make it public or internal")]
    [InlineData("[{|MV0014:Reflecting|}] public string M { get; set; } = \"\";", "Reflecting", "its constructor needs reflection, as its [RequiresUnreferencedCode] says")]
    public void MV0014_validation_attribute_is_not_supported(string member, string attribute, string why) => Expect($"'{attribute}' on 'Book.M' can't be checked: {why}", $$"""
        public class ReflectingAttribute : ValidationAttribute { [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("x")] public ReflectingAttribute() { } }
        [VaultCollection] public partial class Book { public int Id { get; set; } {{member}} }
        """);

    [Fact]
    public void MV0014_validation_of_the_whole_object_is_out_of_reach() => Expect("'Own' on 'Book' can't be checked: generated code can't reach it; make it public or internal",
        "[VaultCollection, {|MV0014:Own|}] public partial class Book { public int Id { get; set; } } file class OwnAttribute : ValidationAttribute;");

    [Fact]
    public void MV0014_a_hint_to_user_interfaces_is_no_validation() => Markup.Verify(
        "[VaultCollection] public partial class Book { public int Id { get; set; } [DataType(DataType.Password), Display(Name = \"x\")] public string M { get; set; } = \"\"; }");

    [Theory]
    [InlineData("public partial record V(long Id, string {|MV0019:Name|});", "there is no stored member 'Name' for 'Name'")]
    [InlineData("public partial record V(int {|MV0019:Id|});", "'Id' is of type 'int', the stored member 'Id' of another")]
    [InlineData("public partial record V(List<string?> {|MV0019:Tags|});", "'Tags' is of type 'List<string?>', the stored member 'Tags' of another")]
    [InlineData("public partial record V(string {|MV0019:Isbn|});", "'Isbn' can't be null, 'Isbn' can")]
    [InlineData("public partial class V { [VaultField(\"publisher.city\")] public string {|MV0019:City|} { get; set; } = \"\"; }", "'City' can't be null, 'publisher.city' can")]
    [InlineData("public partial class V { [VaultField(\"publisher.name.x\")] public string? {|MV0019:City|} { get; set; } }", "there is no stored member 'publisher.name.x' for 'City'")]
    [InlineData("public partial class V { public Publisher? Publisher { get; set; } [VaultField(\"publisher.city\")] public string? {|MV0019:City|} { get; set; } }", "'City' and 'Publisher' read the same field")]
    public void MV0019_a_member_of_a_view_does_not_fit(string view, string why) => Expect($"'V' can't be a view: {why}", $$"""
        [VaultObject] public partial record Publisher(string Name, string? City);
        [VaultCollection] public partial class Book { public long Id { get; set; } public string? Isbn { get; set; } public List<string> Tags { get; set; } = []; public Publisher? Publisher { get; set; } [VaultIgnore] public string? Name { get; set; } }
        [VaultView(typeof(Book))] {{view}}
        """);

    [Theory]
    [InlineData("[{|MV0019:VaultView(typeof(string))|}] public partial record V(long Id);", "'string' is no [VaultCollection]")]
    [InlineData("[{|MV0019:VaultView(typeof(Part))|}] public partial record V(long Id); [VaultObject] public partial record Part(int Size);", "'Part' is no [VaultCollection]")]
    [InlineData("[{|MV0019:VaultView(typeof(Book))|}, VaultObject] public partial record V(long Id);", "it is stored itself")]
    [InlineData("[VaultView(typeof(Book))] public partial class {|MV0019:V|};", "it has no members to read")]
    public void MV0019_a_view_is_none(string view, string why) => Expect($"'V' can't be a view: {why}", $"[VaultCollection] public partial class Book {{ public long Id {{ get; set; }} }} {view}");

    [Fact]
    public void A_view_is_checked_as_what_is_stored_is() => Assert.Equal(
        ["'V' must be partial, so that its schema, fields and serializer can be added to it", "'W.Id' can't be set when a record is read: it has no setter, and no constructor parameter matches it"],
        Markup.Verify("""
            [VaultCollection] public partial class Book { public long Id { get; set; } }
            [VaultView(typeof(Book))] public record {|MV0001:V|}(long Id);
            [VaultView(typeof(Book))] public partial class W { public long {|MV0008:Id|} { get; } }
            """));

    [Fact]
    public void A_view_of_a_broken_model_is_silent() => Expect("'Book' has no primary key: mark a property with [PrimaryKey], or call it Id", """
        [VaultCollection] public partial class {|MV0004:Book|} { public long Number { get; set; } }
        [VaultView(typeof(Book))] public partial record V(long Number);
        """);

    [Fact]
    public void MV0303_CSharp_12_is_too_old()
    {
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics((Microsoft.CodeAnalysis.CSharp.LanguageVersion)1200, null, "[VaultCollection] public partial class Book { public int Id { get; set; } }");
        Assert.Equal("MV0303: ModelVault's generated code needs C# 13 or later; this project compiles as C# 12", run.Diagnostics.Select(static d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}").Single());
        Assert.Empty(run.Files);
    }

    [Fact]
    public void A_pragma_suppresses_a_rule()
    {
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.CSharp13, null, "#pragma warning disable MV0013\n[VaultCollection] public partial class Book { [Index] public int Id { get; set; } }");
        Assert.Empty(run.Diagnostics.Where(static d => !d.IsSuppressed));
    }

    [Fact]
    public void Members_that_need_no_rule() => Markup.Verify("""
        public class Plain;
        [VaultCollection] public partial class Book
        {
            public int Id { get; set; }
            public static int Count { get; set; }
            public string Computed => "";
            internal Plain? Internal { get; set; }
            private Plain? Private { get; set; }
            public int this[int i] => i;
            public Plain? field;
            [VaultIgnore] public Plain? Ignored { get; set; }
            public void Touch() => (Private, field) = (null, null);
        }
        """);

    private static void Expect(string message, string markup) => Assert.Equal([message], Markup.Verify(markup));
}
