using ModelVault.Storage.Tests.Processes;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>The operating system fails, works in part or is interrupted, at every call that a vault makes of it.</summary>
public sealed class NativeFaultTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-faults-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [LinuxCompilerFact]
    public async Task Every_call_that_fails_is_told_and_loses_nothing_and_one_that_works_in_part_is_finished()
    {
        using var child = ChildProcess.Start(new Dictionary<string, string> { ["LD_PRELOAD"] = NativeFaults.Compile(_directory) }, nameof(NativeFaultRun), _directory);
        var errors = child.StandardError.ReadToEndAsync();
        var said = new List<string>();
        // It says a line for each kind of failure: what hangs says no more, however slow the machine is.
        while (true)
        {
            var line = child.StandardOutput.ReadLineAsync();
            if (await Task.WhenAny(line, Task.Delay(TimeSpan.FromMinutes(3))) != line)
            {
                child.Kill();
                Assert.Fail($"It hangs, after: {string.Join('\n', said)}");
            }

            if (await line is not { } text) break;
            said.Add(text);
        }

        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, await errors);
        var lines = said.Select(static line => line.Split(": ", 2)).ToDictionary(static parts => parts[0], static parts => parts[1]);
        // Errors are seen; short and interrupted calls are not.
        foreach (var name in new[] { "Read InputOutputError", "Write InputOutputError", "SetLength InputOutputError", "Flush InputOutputError", "StartFlush InputOutputError", "Write Nothing", "Read Nothing" })
            Assert.DoesNotContain(" 0 refused", " " + lines[name], StringComparison.Ordinal);
        foreach (var name in new[] { "Read Short", "Write Short", "Read Interrupted", "Write Interrupted", "SetLength Interrupted", "Flush Interrupted", "StartFlush Interrupted", "StartFlush Missing" })
            Assert.StartsWith("0 refused", lines[name], StringComparison.Ordinal);
    }
}
