// Service: a server on 127.0.0.1 that answers every request as one mode says, and remembers what it was sent.
//
//   Service service(*FindMode("gzip_bomb"));
//   const int port = service.Start(0);
//
// A second address of its own, Place::elsewhere, takes whatever comes: nothing may.
//
// Thread safety: all of it, but for Start.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "modes.h"

namespace hostile {

class Service {
 public:
  explicit Service(const Mode& mode);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  // Listens, and again with 0 on any free port; false: that cannot be had.
  bool Start(int port);
  const Place& place() const;

  std::vector<Request> requests() const;
  // All bytes that came to the other address.
  std::string elsewhere() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hostile
