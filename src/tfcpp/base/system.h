// SPDX-License-Identifier: Apache-2.0
// What each operating system has in a way of its own. All other code is the same on every POSIX; CMake takes
// system_linux.cc or system_darwin.cc.
//
// Thread safety: free functions only; safe to call from several threads.
#pragma once

#include <spawn.h>

namespace tfcpp {

// Makes the child that is spawned with `actions` have no descriptor but 0, 1 and 2, even of those that libraries did
// not mark close-on-exec: a child that holds a socket keeps it open. Add it as the last action. Returns flags for
// posix_spawnattr_setflags.
short InheritStandardStreamsOnly(posix_spawn_file_actions_t& actions);

// Keeps other processes of the same user from reading this one's memory, where the system would let them.
void HideMemory();

// For a process with a hundred threads that do little but wait: how many arenas the allocator makes for them, and what
// it gives back to the system. Call it before there are other threads.
void KeepMemorySmall();

}  // namespace tfcpp
