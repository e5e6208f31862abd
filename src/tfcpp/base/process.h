// SPDX-License-Identifier: Apache-2.0
// RunProcess: runs another program to its end and gives what it printed.
//
//   TFCPP_ASSIGN_OR_RETURN(ProcessOutput done, RunProcess(context, {.arguments = {"/usr/bin/git", "version"}}));
//   if (done.exit_code == 0) Use(done.out);
//
// No shell is involved. The child leads a process group of its own, so that a Ctrl-C at the terminal does not reach it
// and that it can be ended with all its children; it has the default signal dispositions, this process's environment
// and working directory, /dev/null as standard input, and no descriptor of this process. A thread waits for its end.
// Thread safety: safe to call from several threads.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"
#include "tfcpp/base/settings.h"

namespace tfcpp {

struct ProcessOptions {
  std::vector<std::string> arguments;  // the first is the program's path: PATH is not searched
  std::chrono::milliseconds time_limit{60'000};
  std::size_t max_output = 1u << 20;  // bytes of each stream; more is an error, because a cut answer is none
};

struct ProcessOutput {
  int exit_code = 0;  // 128 + N when signal N ended it, as in a shell
  std::string out;    // may hold secrets
  std::string err;    // likewise
};

// An exit code other than 0 is no error. Errors: kNotFound (no such program, or it may not be run), kDeadlineExceeded
// (the time limit), kCancelled (a stop), kMalformed (too much output), kInternal (no descriptors or processes left).
// After the middle three the whole group has been killed; the text then ends with what the child wrote to standard
// error, as it came: it may hold secrets and control characters, and be long.
Result<ProcessOutput> RunProcess(const Context& context, const ProcessOptions& options);

// The path of the program that a shell would run for `name`: the name itself where it has a slash, else in a folder of
// PATH. Nullopt: there is none that may be run.
std::optional<std::string> FindProgram(const std::string& name, const Environment& environment);

int OwnProcessId();

// Keeps this process's memory, which holds credentials, out of core files, and on Linux away from other processes of
// the same user (ptrace, /proc/PID/mem). A debugger cannot attach either. Children are as before: exec makes them
// dumpable, and RunProcess gives them the limit of core files that this process was started with.
void ProtectMemory();

}  // namespace tfcpp
