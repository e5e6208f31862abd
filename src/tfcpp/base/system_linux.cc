// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "tfcpp/base/system.h"

namespace tfcpp {

short InheritStandardStreamsOnly(posix_spawn_file_actions_t& actions) {
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  return 0;
}

void HideMemory() { prctl(PR_SET_DUMPABLE, 0); }

// glibc would give each processor eight arenas, and keep what each of them once held. Terraform may run a hundred
// operations at once, each with a thread; what they do is to wait, so that two arenas serve them as well in half of the
// memory. And listings, which are large, go back to the system: bench/run, part `faults`.
void KeepMemorySmall() {
  constexpr int kLarge = 64 << 10;  // bytes
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, kLarge);
  mallopt(M_TRIM_THRESHOLD, kLarge);
}

}  // namespace tfcpp
