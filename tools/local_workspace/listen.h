// How the servers of the local workspace begin to listen, in a thread of their own.
#pragma once

#include <httplib.h>

#include <thread>

namespace workspace {

// `server` is bound, and outlives the thread. Returns once it runs: httplib forgets a stop() that comes before, and
// then the thread never ends.
inline std::thread ListenInThread(httplib::Server& server) {
  std::thread thread([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  return thread;
}

}  // namespace workspace
