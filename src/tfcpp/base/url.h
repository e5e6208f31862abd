// SPDX-License-Identifier: Apache-2.0
// Url: an address in its parts, and what is wrong with one. Everything here that reads an address reads it by this, so
// that what is checked, what is shown and what is called are the same.
//
//   const Url url = Url::Split("https://me:pw@[::1]:8443/path?query#fragment");
//   url.host == "[::1]"; url.authority == "[::1]:8443";
//   if (const auto fault = FindUrlFault(url); !fault.empty()) return Bad(Concat("The URL ", fault, "."));
//
// Facts: RFC 3986. A scheme is what stands before the first "://", where no path, query or fragment begins before; the
// user information ends at the last @ of the authority; `fragment` and `query` begin at the first # and ?.
//
// Thread safety: a value type. Lifetime: views into the text, which must outlive it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tfcpp {

struct HostAndPort {
  std::string_view host;                 // an IPv6 address in its brackets
  std::optional<std::string_view> port;  // what follows the colon, which may be nothing; nullopt: no colon
};

// "example.com:443", "[::1]:443". A host without brackets ends at its first colon.
HostAndPort SplitPort(std::string_view authority);

struct Url {
  std::optional<std::string_view> scheme;  // as written; nullopt: there is no "://"
  std::optional<std::string_view> user;    // "name:password": never to be shown
  std::string_view authority;              // host and port, without the user: what a text may show
  std::string_view host;
  std::optional<std::string_view> port;
  std::string_view path;  // with its slash; empty: none
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;

  // Judges nothing: of any text, every byte but the separators is in one of the parts.
  static Url Split(std::string_view text);

  bool HasScheme(std::string_view wanted) const;  // in any case
};

// What is wrong with host and port, as the end of a sentence that shows nothing of them; empty: nothing. A host is a
// name of letters, digits, dots, hyphens and underscores, or an IP address; a port is between 1 and 65535.
std::string_view FindHostFault(const Url& url);
// Likewise; user information is a fault too, and a second scheme. The scheme itself is for the caller to judge.
std::string_view FindUrlFault(const Url& url);

// Letters, digits, +, - and dots: what a scheme is made of, and no blank that would make it prose.
bool IsScheme(std::string_view text);

// Whether there is more to see in a text than the scheme and the host of an address, which may be shown: path and query
// often are a secret. A host with a fault counts as more, for it may be anything.
bool HasMoreThanHost(std::string_view text);

// An address as it was written, as a text may show it: in one line, without its query, at most 200 bytes. Nullopt where
// it may hold a secret: user information, or control characters.
std::optional<std::string> ShownAddress(std::string_view text);

// "[::1]" without its brackets; anything else as it is.
std::string_view WithoutBrackets(std::string_view host);
// Of a host as Url has it: "localhost", in any case, or an address of this machine's loopback interface.
bool IsThisMachine(std::string_view host);

}  // namespace tfcpp
