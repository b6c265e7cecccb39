using System.Runtime.InteropServices;

namespace ModelVault.Package.Tests;

/// <summary>A test that needs the AOT toolchain: a C compiler and linker. Skips itself, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AotFactAttribute : FactAttribute
{
    public AotFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "The AOT consumer is tested on Linux.";
        else if (!HasCompiler()) Skip = "NativeAOT needs a C compiler (clang or gcc) and zlib's headers: apt-get install clang zlib1g-dev.";
    }

    public static string RuntimeIdentifier => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    private static bool HasCompiler() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))));
}
