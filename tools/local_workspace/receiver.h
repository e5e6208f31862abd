// Receiver: an HTTPS endpoint on this machine for webhooks to call; what it gets goes to an Inbox. Its certificate is
// made at each start, for the name "localhost".
//
// Thread safety: Start and Stop from one thread; requests are served by a pool.
#pragma once

#include <memory>
#include <string>

#include "inbox.h"

namespace workspace {

class Receiver {
 public:
  // `inbox` must outlive this. PEM texts.
  Receiver(Inbox& inbox, std::string certificate, std::string key);
  ~Receiver();

  // Listens on 127.0.0.1; returns the port (0 in `port`: any), or 0 when that fails.
  int Start(int port);
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace workspace
