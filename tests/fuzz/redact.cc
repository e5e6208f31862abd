// Texts for the log: a line with headers (`Name: value|Name: value`), then a body. Known secrets are in neither, in no
// form: `~` and a character stand for one of kForms.
#include "rest/redact.h"

#include <algorithm>
#include <iterator>

#include "answer_text.h"
#include "fuzz.h"
#include "rest/json_client.h"
#include "rest/known_secrets.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace fuzz {
namespace {

namespace rest = tfcpp::rest;

std::string Hex(std::string_view text, const char* before) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex.append(before).append({kDigits[byte >> 4], kDigits[byte & 0xf]});
  }
  return hex;
}

// The canary as a service may give it back. What tells it is not at the ends, which depend on what is around it.
const std::string kForms[] = {
    tfcpp::Base64(kCanary),
    tfcpp::Base64("x" + std::string(kCanary)),
    tfcpp::Base64("xy" + std::string(kCanary)),
    tfcpp::Base64Url(kCanary),
    Hex(kCanary, ""),
    tfcpp::ToUpper(Hex(kCanary, "")),
    Hex(kCanary, "%"),
    Hex(kCanary, "\\u00"),
};

std::string WithForms(std::string_view text) {
  std::string formed;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '~') {
      formed += kForms[Choose(text, std::size(kForms))];
    } else {
      formed += c;
    }
  }
  return formed;
}

bool HasForm(std::string_view text) {
  return std::any_of(std::begin(kForms), std::end(kForms),
                     [&](const std::string& form) { return text.find(form.substr(4, form.size() - 8)) != text.npos; });
}

void RequireWithout(std::string_view text, std::string_view where) {
  RequireNoSecret(text, where);
  if (HasForm(text)) Require(false, tfcpp::Concat("no form of a secret in ", where, ": ", text));
}

}  // namespace

void Run(std::string_view input) {
  if (HasForm(input)) return;  // as fuzz.cc says
  // One secret begins like another, and one is too short to be looked for.
  const rest::KnownSecrets secrets(
      {tfcpp::Secret("abc"), tfcpp::Secret(std::string(kCanary)), tfcpp::Secret(std::string(kCanary) + "-longer")});
  constexpr std::size_t kLogged = 4096 + 64;  // with what tells that it was cut
  Lines lines(input);
  const std::string head = WithForms(Plant(lines.Take()));
  const std::string body = WithForms(Plant(lines.TakeRest()));

  const std::string headers = rest::RedactHeaders(HeadersOf(head), secrets);
  RequireWithout(headers, "the headers");
  Require(headers.size() <= kLogged && tfcpp::IsValidUtf8(headers), "headers are short and UTF-8");

  const std::string logged = rest::RedactBody(body, secrets);
  RequireWithout(logged, "the body");
  Require(logged.size() <= kLogged && tfcpp::IsValidUtf8(logged), "a body is short and UTF-8");

  RequireWithout(secrets.Without(body), "the text");
  const std::string shown = secrets.Shown(body);
  RequireWithout(shown, "what is shown");
  RequireReadable(shown, "what is shown");
  Require(shown.find('\n') == std::string::npos, "what is shown is one line");

  const auto json = tfcpp::Json::Parse(body);
  if (!json.has_value()) return;
  // What stands under a secret name is secret from then on.
  const std::vector<tfcpp::Secret> found = rest::SecretsIn(*json);
  const std::string without = rest::KnownSecrets(found).Without(body);
  for (const tfcpp::Secret& secret : found) {
    if (secret.Reveal().size() < 16 || secret.Reveal().find("REDACTED") != std::string::npos) continue;
    Require(without.find(secret.Reveal()) == std::string::npos, "a secret by name is found by value");
  }
}

}  // namespace fuzz
