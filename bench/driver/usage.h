// What a process uses, as Linux tells it.
#pragma once

namespace bench {

struct Memory {
  double rss_mib = 0;       // now
  double anon_mib = 0;      // now, of its own: not mapped from the program's file
  double peak_rss_mib = 0;  // the most since its start
};

Memory MemoryOf(int pid);
double CpuSecondsOf(int pid);

}  // namespace bench
