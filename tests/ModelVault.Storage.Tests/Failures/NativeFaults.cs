using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>The calls of the operating system that can be made to fail.</summary>
internal enum NativeCall
{
    Read,
    Write,
    SetLength,
    Flush,
    StartFlush,
}

/// <summary>What such a call does instead of its work.</summary>
internal enum NativeFault
{
    None,
    InputOutputError,
    Interrupted,

    /// <summary>It does half of what it was asked for.</summary>
    Short,

    /// <summary>It does nothing and reports no error.</summary>
    Nothing,

    /// <summary>The system has no such call.</summary>
    Missing,
}

/// <summary>
/// Failures below .NET: a few lines of C, loaded before the C library, stand in for its calls on files whose names end in
/// ".modelvault". They are told what to do by the process in which they are.
/// </summary>
internal static class NativeFaults
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdio.h>
        #include <string.h>
        #include <unistd.h>

        static int fault[5];
        static long from[5], until[5], calls[5];

        void modelvault_fail(int call, int how, long first, long count)
        {
            fault[call] = how; from[call] = first; until[call] = first + count; calls[call] = 0;
        }

        long modelvault_calls(int call) { return calls[call]; }

        static int is_vault(int file)
        {
            static const char end[] = ".modelvault";
            char link[64], path[4096];
            snprintf(link, sizeof link, "/proc/self/fd/%d", file);
            long length = readlink(link, path, sizeof path);
            return length >= (long)sizeof end && memcmp(path + length - (sizeof end - 1), end, sizeof end - 1) == 0;
        }

        static int next(int call, int file)
        {
            if (!is_vault(file)) return 0;
            long number = __atomic_add_fetch(&calls[call], 1, __ATOMIC_SEQ_CST);
            return number >= from[call] && number < until[call] ? fault[call] : 0;
        }

        #define TRANSFER(name, call, buffer_type) \
            ssize_t name(int file, buffer_type buffer, size_t count, off64_t offset) \
            { \
                static ssize_t (*real)(int, buffer_type, size_t, off64_t); \
                if (!real) real = (ssize_t (*)(int, buffer_type, size_t, off64_t))dlsym(RTLD_NEXT, #name); \
                switch (next(call, file)) { \
                    case 1: errno = EIO; return -1; \
                    case 2: errno = EINTR; return -1; \
                    case 3: return real(file, buffer, count > 1 ? count / 2 : count, offset); \
                    case 4: return 0; \
                    default: return real(file, buffer, count, offset); \
                } \
            }
        TRANSFER(pread, 0, void *)
        TRANSFER(pread64, 0, void *)
        TRANSFER(pwrite, 1, const void *)
        TRANSFER(pwrite64, 1, const void *)

        #define OTHER(name, call, parameters, arguments) \
            int name parameters \
            { \
                static int (*real) parameters; \
                if (!real) real = (int (*) parameters)dlsym(RTLD_NEXT, #name); \
                switch (next(call, file)) { \
                    case 1: errno = EIO; return -1; \
                    case 2: errno = EINTR; return -1; \
                    case 5: errno = ENOSYS; return -1; \
                    default: return real arguments; \
                } \
            }
        OTHER(ftruncate, 2, (int file, off64_t length), (file, length))
        OTHER(ftruncate64, 2, (int file, off64_t length), (file, length))
        OTHER(fsync, 3, (int file), (file))
        OTHER(fdatasync, 3, (int file), (file))
        OTHER(sync_file_range, 4, (int file, off64_t offset, off64_t length, unsigned flags), (file, offset, length, flags))
        """;

    private delegate void Fail(int call, int fault, nint first, nint count);

    private delegate nint Calls(int call);

    /// <summary>Makes the library that <c>LD_PRELOAD</c> is to name.</summary>
    public static string Compile(string directory)
    {
        var (source, library) = (Path.Combine(directory, "faults.c"), Path.Combine(directory, "faults.so"));
        File.WriteAllText(source, Source);
        using var compiler = Process.Start(Processes.LinuxCompilerFactAttribute.Compiler!, ["-shared", "-fPIC", "-w", "-o", library, source, "-ldl"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }

    /// <summary>In a process that has the library: what happens from a call on, counted from 1, for so many calls.</summary>
    public static void Inject(NativeCall call, NativeFault fault, long first = 1, long count = long.MaxValue / 2) =>
        Export<Fail>("modelvault_fail")((int)call, (int)fault, (nint)first, (nint)count);

    /// <summary>Calls work again.</summary>
    public static void Clear()
    {
        foreach (var call in Enum.GetValues<NativeCall>()) Inject(call, NativeFault.None);
    }

    /// <summary>How many calls there were since what happens was last set.</summary>
    public static long Count(NativeCall call) => Export<Calls>("modelvault_calls")((int)call);

    private static T Export<T>(string name) =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name));
}
