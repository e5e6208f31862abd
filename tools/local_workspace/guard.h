// Guard: keeps web pages out. Any page in a developer's browser may send requests to this machine, and could reset the
// workspace or read it under a name of its own that leads here (DNS rebinding). Such requests name a foreign Origin or
// Host, or carry a body of a type that a page may send without being asked.
//
// Thread safety: immutable.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "message.h"

namespace workspace {

// Of an HTTP request; an empty text: it has no such header.
struct Head {
  std::string method;
  std::string host;
  std::string origin = {};
  std::string content_type = {};
};

class Guard {
 public:
  // `scheme`: "http" or "https", of the server. `host_names`: names that lead to it, besides localhost; in any case.
  explicit Guard(std::string scheme = "http", const std::set<std::string>& host_names = {});

  // Why a request is not taken; nullopt: it is.
  std::optional<Answer> Refuse(const Head& head) const;

 private:
  std::string scheme_;
  std::set<std::string> host_names_;
};

}  // namespace workspace
