// The ways in which the hostile service answers. Each is one row of Modes(), and of the table in README.md.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
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
  std::string name;
  std::string what;  // it does; one line
  // Answers one request; false: the connection ends.
  std::function<bool(Peer& peer, const Request& request, const Place& place)> play;
  Tls tls = Tls::kClear;
};

// Of all the files: by what is wrong, with the connection (modes.cc) or with what is said.
const std::vector<Mode>& Modes();
std::vector<Mode> RetryModes();   // when to call again
std::vector<Mode> AnswerModes();  // forms, sizes, times and texts
std::vector<Mode> EchoModes();    // what was learned, said again
// Null: there is none of that name.
const Mode* FindMode(const std::string& name);

// Members of a webhook, a token's answer or a test delivery, as they are to be written instead; empty: left out. One
// whose name begins with + is there besides.
using Odd = std::map<std::string, std::string>;

// What an honest service would answer: one webhook with the id "w1", of which it knows no more than the request tells.
// Empty: nothing is there.
std::string HonestBody(const Request& request, const Place& place, const Odd& odd = {});
// A mode of honest answers, but for the odd members.
Mode WithOdd(std::string name, std::string what, Odd odd);

// A whole answer with a body of JSON. `headers`: further ones, each with its line's end.
std::string Answer(int status, std::string_view body, std::string_view headers = "");
std::string HonestAnswer(const Request& request, const Place& place, const std::string& headers = "");

}  // namespace hostile
