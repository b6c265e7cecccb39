using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What <c>init</c> and records need, which netstandard2.0 lacks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
