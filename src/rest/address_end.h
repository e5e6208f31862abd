// SPDX-License-Identifier: Apache-2.0
// Addresses in texts, as far as they may be shown: scheme and host. What follows the host is a secret for many services
// (Slack, Teams, Logic Apps), and so is the user before it. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tfcpp::rest {

// Offsets in the text: scheme://[begin]user:password@[host]example.com[end_of_host]/path?query[end].
struct AddressParts {
  std::size_t begin;
  std::size_t host;         // `begin` where there is no user
  std::size_t end_of_host;  // with the port
  std::size_t end;          // `end_of_host` where nothing follows
};

// What is written like an address, up to a blank, a quotation mark, an angle bracket or a control character.
std::vector<AddressParts> FindAddresses(std::string_view text);

// "https://example.com/**REDACTED**". A text that is no address gives way as a whole.
std::string WithHostAlone(std::string_view address);

// What of an address is looked for where it stands without its beginning: all that follows the host, each part of that
// with `shortest_part` bytes or more, and the user information, whole and its password alone. What is shorter than 8
// bytes may stand in any text, and is left out. The parts of an address are words that texts about others have, too:
// 16 bytes for those, 8 where a text is about this address.
std::vector<std::string> EndsOf(std::string_view address, std::size_t shortest_part = 16);

}  // namespace tfcpp::rest
