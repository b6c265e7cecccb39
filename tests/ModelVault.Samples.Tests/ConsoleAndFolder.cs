using System.Reflection;

namespace ModelVault.Samples.Tests;

/// <summary>Programs write to the console and the current folder, which a process has one of: their tests run one after the other.</summary>
[CollectionDefinition(nameof(ConsoleAndFolder), DisableParallelization = true)]
public sealed class ConsoleAndFolder
{
    /// <summary>Runs a program's entry point in an empty folder and returns what it prints.</summary>
    public static string Run(Assembly program, params string[] arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("modelvault-snippet-");
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        using StringWriter printed = new();
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            Console.SetOut(printed);
            MethodInfo entry = program.EntryPoint!;
            object? result = entry.Invoke(null, entry.GetParameters().Length == 0 ? null : [arguments]);
            (result as Task)?.GetAwaiter().GetResult();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }

        return printed.ToString();
    }
}
