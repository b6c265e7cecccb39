namespace ModelVault.CodeFixes.Declarations;

/// <summary>The rules about declarations that have a fix. The generator reports them; its assembly is not referred to, because an editor may load the fixes without it.</summary>
internal static class DeclarationRules
{
    public const string NotPartial = "MV0001";
    public const string ContainingTypeNotPartial = "MV0002";
    public const string NoKey = "MV0004";
    public const string MemberType = "MV0007";
    public const string NotWritable = "MV0008";
    public const string RedundantIndex = "MV0013";
}
