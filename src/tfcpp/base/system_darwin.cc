// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/base/system.h"

namespace tfcpp {

// The kernel closes all but those that file actions have made, which are the three.
short InheritStandardStreamsOnly(posix_spawn_file_actions_t&) { return POSIX_SPAWN_CLOEXEC_DEFAULT; }

// A debugger needs the user's consent there.
void HideMemory() {}

// Its allocator has zones for all threads, and nothing to set.
void KeepMemorySmall() {}

}  // namespace tfcpp
