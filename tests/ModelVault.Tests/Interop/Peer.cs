using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace ModelVault.Tests.Interop;

/// <summary>An implementation of MessagePack that is not ours, in a process of its own that answers a line with a line.</summary>
internal sealed class Peer
{
    private readonly string _program;
    private readonly string _script;

    private Peer(string program, string script)
    {
        _program = program;
        _script = Path.Combine(Folder(), script);
    }

    /// <summary>Where Debian puts a library for Python: a Python of another origin on the path does not see it.</summary>
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private static readonly Lazy<string?> PythonWithLibrary = new(static () => Pythons.FirstOrDefault(static p => Runs(p, "-c", "import msgpack")));

    private static readonly Lazy<bool> HasNode = new(static () => Runs("node", "--version") && Runs("npm", "--version"));

    /// <summary>Why JavaScript's cannot be asked; null if it can.</summary>
    public static string? NoJavaScript => HasNode.Value ? null : "There is no node with npm: apt-get install nodejs npm.";

    /// <summary>Why Python's cannot be asked; null if it can.</summary>
    public static string? NoPython => PythonWithLibrary.Value is null ? "There is no Python with msgpack: apt-get install python3-msgpack." : null;

    /// <summary>The npm package @msgpack/msgpack, restored where it is not there yet.</summary>
    public static Peer JavaScript()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "@msgpack", "msgpack")))
            Assert.True(Runs("npm", "ci"), "npm ci failed in " + Folder());
        return new Peer("node", "peer.mjs");
    }

    /// <summary>Python's msgpack.</summary>
    public static Peer Python() => new(PythonWithLibrary.Value!, "peer.py");

    /// <summary>What each run of bytes holds.</summary>
    public IReadOnlyList<JsonNode> Describe(IReadOnlyList<byte[]> records) =>
        [.. Ask(records.Select(static r => new JsonObject { ["describe"] = Convert.ToHexString(r) })).Select(static line => JsonNode.Parse(line)!)];

    /// <summary>The bytes that the implementation chooses for what is described.</summary>
    public IReadOnlyList<byte[]> Pack(IEnumerable<JsonArray> descriptions, string form) =>
        [.. Ask(descriptions.Select(d => new JsonObject { ["pack"] = d, ["as"] = form })).Select(Convert.FromHexString)];

    private string[] Ask(IEnumerable<JsonObject> requests)
    {
        string[] lines = [.. requests.Select(static r => r.ToJsonString())];
        using Process process = Start(_program, _script);
        using Timer limit = KillLater(process);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task writing = Task.Run(() =>
        {
            using StreamWriter input = new(process.StandardInput.BaseStream, new UTF8Encoding(false));
            foreach (string line in lines) input.Write(line + "\n");
        });
        string[] answers = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || answers.Length != lines.Length) Assert.Fail($"{_program} answered {answers.Length} of {lines.Length} requests: {errors.Result}");
        writing.GetAwaiter().GetResult();
        return answers;
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using Process process = Start(program, arguments);
            using Timer limit = KillLater(process);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Close();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Timer KillLater(Process process) => new(_ => process.Kill(entireProcessTree: true), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder(), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
    })!;

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>A test that needs node. Skips itself, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JavaScriptFactAttribute : FactAttribute
{
    public JavaScriptFactAttribute() => Skip = Peer.NoJavaScript;
}

/// <summary>A test that needs Python with msgpack. Skips itself, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Peer.NoPython;
}
