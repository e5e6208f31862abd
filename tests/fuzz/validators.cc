// Every validator of a text: what it lets pass is what it says, what it refuses it does not show when it may be a
// secret.
#include "provider/registry_webhook/validators.h"

#include <algorithm>

#include "fuzz.h"
#include "tfcpp/schema/validators.h"
#include "tfcpp/value/value.h"

namespace fuzz {
namespace {

using tfcpp::Diagnostics;
using tfcpp::Path;
using tfcpp::Validator;
using tfcpp::Value;

Diagnostics Check(const Validator& validator, const Value& value) {
  const Path path("attribute");
  Diagnostics diagnostics;
  validator.check({path, value, value}, diagnostics);
  return diagnostics;
}

// True: it passes.
bool CheckSecretly(const Validator& validator, const std::string& text) {
  const Diagnostics diagnostics = Check(validator, Value::String(text));
  for (const tfcpp::Diagnostic& item : diagnostics.items()) {
    RequireReadable(item.summary + "\n" + item.detail, "a diagnostic about a secret");
  }
  return diagnostics.empty();
}

bool HasBlankOrControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c <= 0x20) || c == 0x7f; });
}

// Scheme and host of an address are shown, so they are no place for a secret; user information is not shown.
bool HoldsSecretInTheOpen(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == url.npos) return false;
  const std::string_view head = url.substr(0, url.find_first_of("/?#", scheme_end + 3));
  return head.find(kCanary) != head.npos && head.find('@') == head.npos;
}

void RequireUrl(std::string_view url) {
  Require(!HasBlankOrControl(url), "a URL has no blanks");
  Require(url.size() > 8 && (url.front() | 0x20) == 'h' && url.substr(5, 3) == "://", "a URL is https");
  const std::string_view authority = url.substr(8, url.find_first_of("/?#", 8) - 8);
  Require(!authority.empty() && authority.find('@') == authority.npos, "a URL has a host, and no user");
}

}  // namespace

void Run(std::string_view input) {
  if (input.size() > 256) return;  // slow to compare with all names, for nothing new
  const std::string secret = Plant(input);
  if (!HoldsSecretInTheOpen(secret) && CheckSecretly(mlflow::HttpsUrl("http_url_spec.url"), secret)) RequireUrl(secret);
  if (CheckSecretly(tfcpp::SecretText("http_url_spec.secret"), secret)) {
    Require(!secret.empty() && secret.find('\n') == secret.npos, "a secret is one line");
  }

  const std::string text(input);
  const Value value = Value::String(text);
  if (Check(mlflow::JobId(), value).empty()) {
    Require(text.find_first_not_of("0123456789") == text.npos && !text.empty(), "a job's id has digits");
  }
  if (Check(mlflow::ModelName(), value).empty()) Require(!text.empty(), "a model has a name");
  const bool is_event = Check(mlflow::EventName(), value).empty();
  if (is_event) Require(!text.empty() && !HasBlankOrControl(text), "an event is a name");
  const Value events = Value::Set(tfcpp::Type::String(), {value, Value::Null(tfcpp::Type::String())});
  Require(!Check(mlflow::EventNames(), events).empty(), "an event that is null is refused");
  const bool is_status = Check(tfcpp::OneOf({"ACTIVE", "DISABLED"}), value).empty();
  Require(is_status == (text == "ACTIVE" || text == "DISABLED"), "one of some is one of them");
  Require(Check(tfcpp::SizeAtLeast(3), value).empty() == (text.size() >= 3), "a size is a size");
}

}  // namespace fuzz
