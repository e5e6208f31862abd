// SPDX-License-Identifier: Apache-2.0
#include "rest/no_proxy.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "tfcpp/base/ip_address.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::rest {
namespace {

constexpr unsigned kIpv4Bits = 32;
constexpr unsigned kIpv6Bits = 128;

// With the bits after `length` cleared.
IpAddress Network(IpAddress address, unsigned length) {
  for (unsigned bit = length; bit < kIpv6Bits; ++bit) {
    address[bit / 8] = static_cast<unsigned char>(address[bit / 8] & ~(0x80u >> (bit % 8)));
  }
  return address;
}

struct Block {
  IpAddress network;
  unsigned length;

  bool Covers(const IpAddress& address) const {
    return IsIpv4(network) == IsIpv4(address) && Network(address, length) == network;
  }
};

// "10.0.0.0/8", "2001:db8::/32"
std::optional<Block> ParseBlock(std::string_view entry) {
  const auto slash = entry.find('/');
  if (slash == entry.npos) return std::nullopt;
  const auto address = ParseIpAddress(entry.substr(0, slash));
  const std::string_view digits = entry.substr(slash + 1);
  unsigned length = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (!address.has_value() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  const bool is_dotted = entry.find(':') == entry.npos;
  if (length > (is_dotted ? kIpv4Bits : kIpv6Bits)) return std::nullopt;
  if (is_dotted) length += kIpv6Bits - kIpv4Bits;
  return Block{Network(*address, length), length};
}

// What a call goes to.
struct Called {
  std::string name;  // in small letters
  std::string_view port;
  std::optional<IpAddress> address;  // where the name is one
};

Called CalledBy(const Url& url) {
  const std::string_view port = url.port.value_or("");
  return {ToLower(url.host),
          !port.empty()            ? port
          : url.HasScheme("https") ? "443"
                                   : "80",
          ParseIpAddress(WithoutBrackets(url.host))};
}

bool Covers(std::string_view entry, const Called& called) {
  if (const auto block = ParseBlock(entry)) return called.address.has_value() && block->Covers(*called.address);
  if (const auto address = ParseIpAddress(entry)) return called.address == address;
  auto [host, port] = SplitPort(entry);
  if (host.empty() || (!port.value_or("").empty() && *port != called.port)) return false;
  if (port.has_value()) host = WithoutBrackets(host);  // as Go has it: alone, brackets are no address
  if (const auto address = ParseIpAddress(host)) return called.address == address;
  if (called.address.has_value()) return false;
  const bool covers_itself = host.front() != '.' && !host.starts_with("*.");
  if (host.starts_with("*.")) host.remove_prefix(1);
  if (covers_itself && called.name == host) return true;
  const std::string below = covers_itself ? Concat(".", host) : std::string(host);
  return called.name.ends_with(below);
}

}  // namespace

bool GoesDirectly(std::string_view url, std::string_view no_proxy) {
  const Url parts = Url::Split(url);
  if (IsThisMachine(parts.host)) return true;
  const Called called = CalledBy(parts);
  const std::string lower = ToLower(no_proxy);
  const auto entries = Split(lower, ',');
  return std::any_of(entries.begin(), entries.end(), [&](std::string_view entry) {
    entry = Trim(entry);
    return entry == "*" || (!entry.empty() && Covers(entry, called));
  });
}

}  // namespace tfcpp::rest
