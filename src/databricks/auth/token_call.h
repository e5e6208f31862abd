// Calls of token endpoints and identity services: a request in, JSON or a token out, and errors that name the address
// and what the service said. All are confidential (transport.h) and may be repeated.
//
// Thread safety: free functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "databricks/auth/strategy.h"
#include "databricks/auth/token_cache.h"
#include "tfcpp/json/json.h"

namespace tfcpp::databricks {

using Form = std::vector<std::pair<std::string, std::string>>;

// Errors: the transport's; kInvalidArgument for an address that is longer than 16 KiB or not safe (safe_address.h; what
// is `direct` is not asked), kUnauthenticated for a refusal, kNotFound for 404, kMalformed for what is no JSON object.
Result<Json> CallForJson(const Context& context, const SignInTools& tools, rest::HttpRequest request);
// POST of a form, as OAuth has it. A value with NUL, CR or LF is refused (kInvalidArgument) by its field's name: no
// server takes it, and the values of some end up in logs.
Result<Json> PostForm(const Context& context, const SignInTools& tools, const std::string& url, const Form& form,
                      std::vector<rest::Header> headers = {});

// Which members of an answer hold the token and its end. OAuth's by default.
struct TokenMembers {
  const char* token = "access_token";
  const char* lifetime = "expires_in";  // seconds, as number or text
  const char* expiry = "expires_on";    // seconds since 1970, as number or text; counts before the lifetime
  // Neither counts when it is not above 0.
};
// kMalformed when there is no token that a header could carry.
Result<AccessToken> ReadToken(const Json& answer, Clock::WallTime now, const TokenMembers& members = {});

// Whether a text may stand in a header: visible ASCII without blanks, some, and at most 16 KiB of it.
bool IsHeaderText(std::string_view text);

// A text member that must be there, of at most 16 KiB; `what` names the service in the error.
Result<std::string> ReadText(const Json& answer, const char* member, std::string_view what);

// "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05+01:00", or "2026-01-02 03:04:05.678" in this machine's time zone.
// Whole seconds: they hold every year that can be written, and a WallTime (of nanoseconds) only those up to 2262.
std::optional<std::chrono::sys_seconds> ParseTime(const std::string& text);

// The end of a token that is said to end then, in 2200 at the latest. Nullopt, which is never, for 1970 and before: a
// 0, or Go's zero time (the year 1), is how a service says that it knows of no end.
std::optional<Clock::WallTime> ExpiryAt(std::chrono::sys_seconds end);

}  // namespace tfcpp::databricks
