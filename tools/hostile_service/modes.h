// The ways in which the hostile service answers. Each is one row of Modes(), and of the table in README.md.
#pragma once

#include <string>
#include <vector>

#include "certificates.h"
#include "peer.h"

namespace hostile {

// Where the service is, and an address of its own where nothing may ever arrive.
struct Place {
  std::string url;
  std::string elsewhere;
};

struct Mode {
  const char* name;
  const char* what;  // it does; one line
  // Answers one request; false: the connection ends.
  bool (*play)(Peer& peer, const Request& request, const Place& place);
  Tls tls = Tls::kClear;
};

const std::vector<Mode>& Modes();
// Null: there is none of that name.
const Mode* FindMode(const std::string& name);

// What an honest service would answer: one webhook with the id "w1", of which it knows no more than the request tells.
// `headers`: further ones, each with its line's end.
std::string HonestAnswer(const Request& request, const Place& place, const std::string& headers = "");

}  // namespace hostile
