#include "http/no_proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/strings.h"

namespace tfcpp::http {
namespace {

constexpr unsigned kIpv4Bits = 32;
constexpr unsigned kIpv6Bits = 128;

// IPv4 as ::ffff:a.b.c.d, so that both spellings of an address are equal.
using Address = std::array<unsigned char, 16>;
constexpr Address kMappedIpv4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr Address kLoopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

std::optional<Address> ParseAddress(std::string_view text) {
  const std::string terminated(text);
  Address address = kMappedIpv4;
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

bool IsIpv4(const Address& address) { return std::equal(address.begin(), address.begin() + 12, kMappedIpv4.begin()); }

bool IsThisMachine(std::string_view name, const std::optional<Address>& address) {
  if (!address.has_value()) return name == "localhost";
  return *address == kLoopback || (IsIpv4(*address) && (*address)[12] == 127);
}

// With the bits after `length` cleared.
Address Network(Address address, unsigned length) {
  for (unsigned bit = length; bit < kIpv6Bits; ++bit) {
    address[bit / 8] = static_cast<unsigned char>(address[bit / 8] & ~(0x80u >> (bit % 8)));
  }
  return address;
}

struct Block {
  Address network;
  unsigned length;

  bool Covers(const Address& address) const {
    return IsIpv4(network) == IsIpv4(address) && Network(address, length) == network;
  }
};

// "10.0.0.0/8", "2001:db8::/32"
std::optional<Block> ParseBlock(std::string_view entry) {
  const auto slash = entry.find('/');
  if (slash == entry.npos) return std::nullopt;
  const auto address = ParseAddress(entry.substr(0, slash));
  const std::string_view digits = entry.substr(slash + 1);
  unsigned length = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (!address.has_value() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  const bool is_dotted = entry.find(':') == entry.npos;
  if (length > (is_dotted ? kIpv4Bits : kIpv6Bits)) return std::nullopt;
  if (is_dotted) length += kIpv6Bits - kIpv4Bits;
  return Block{Network(*address, length), length};
}

// "name:port", "[address]:port"; without brackets a second colon makes it an address.
struct HostAndPort {
  std::string_view host;
  std::string_view port;  // empty: none
};
HostAndPort SplitPort(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return {text, {}};
  std::string_view host = text.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    return {host.substr(1, host.size() - 2), text.substr(colon + 1)};
  }
  if (host.find(':') != host.npos) return {text, {}};
  return {host, text.substr(colon + 1)};
}

// What a call goes to, in small letters.
struct Called {
  std::string name;
  std::string port;
  std::optional<Address> address;  // where the name is one
};

Called ParseUrl(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view authority = url.substr(scheme == url.npos ? 0 : scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const auto user = authority.rfind('@'); user != authority.npos) authority.remove_prefix(user + 1);
  auto [host, port] = SplitPort(authority);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (port.empty()) port = EqualsIgnoreCase(url.substr(0, scheme), "https") ? "443" : "80";
  return {ToLower(host), std::string(port), ParseAddress(host)};
}

bool Covers(std::string_view entry, const Called& called) {
  if (const auto block = ParseBlock(entry)) return called.address.has_value() && block->Covers(*called.address);
  auto [host, port] = SplitPort(entry);
  if (host.empty() || (!port.empty() && port != called.port)) return false;
  if (const auto address = ParseAddress(host)) return called.address == address;
  if (called.address.has_value()) return false;
  const bool covers_itself = host.front() != '.' && host.substr(0, 2) != "*.";
  if (host.substr(0, 2) == "*.") host.remove_prefix(1);
  if (covers_itself && called.name == host) return true;
  const std::string below = covers_itself ? Concat(".", host) : std::string(host);
  return called.name.size() >= below.size() &&
         std::string_view(called.name).substr(called.name.size() - below.size()) == below;
}

}  // namespace

bool GoesDirectly(std::string_view url, std::string_view no_proxy) {
  const Called called = ParseUrl(url);
  if (IsThisMachine(called.name, called.address)) return true;
  const std::string lower = ToLower(no_proxy);
  const auto entries = Split(lower, ',');
  return std::any_of(entries.begin(), entries.end(), [&](std::string_view entry) {
    entry = Trim(entry);
    return entry == "*" || (!entry.empty() && Covers(entry, called));
  });
}

}  // namespace tfcpp::http
