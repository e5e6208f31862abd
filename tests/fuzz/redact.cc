// Texts for the log: a line with headers (`Name: value|Name: value`), then a body. Known secrets are in neither.
#include "http/redact.h"

#include "answer_text.h"
#include "base/strings.h"
#include "fuzz.h"

namespace fuzz {

void Run(std::string_view input) {
  namespace http = tfcpp::http;
  // One secret begins like another, and one is too short to be looked for.
  const std::vector<tfcpp::Secret> secrets{tfcpp::Secret("abc"), tfcpp::Secret(std::string(kCanary)),
                                           tfcpp::Secret(std::string(kCanary) + "-longer")};
  constexpr std::size_t kLogged = 4096 + 64;  // with what tells that it was cut
  Lines lines(input);
  const std::string head = Plant(lines.Take());
  const std::string body = Plant(lines.TakeRest());

  const std::string headers = http::RedactHeaders(HeadersOf(head), secrets);
  RequireNoSecret(headers, "the headers");
  Require(headers.size() <= kLogged && tfcpp::IsValidUtf8(headers), "headers are short and UTF-8");

  const std::string logged = http::RedactBody(body, secrets);
  RequireNoSecret(logged, "the body");
  Require(logged.size() <= kLogged && tfcpp::IsValidUtf8(logged), "a body is short and UTF-8");

  RequireNoSecret(http::WithoutSecrets(body, secrets), "the text");
  RequireNoSecret(http::BodyWithoutSecrets(body, secrets), "the whole body");
  const auto json = tfcpp::Json::Parse(body);
  if (!json.has_value()) return;
  // What stands under a secret name is secret from then on.
  const std::vector<tfcpp::Secret> found = http::SecretsIn(*json);
  const std::string without = http::BodyWithoutSecrets(body, found);
  for (const tfcpp::Secret& secret : found) {
    if (secret.Reveal().size() < 16 || secret.Reveal().find("REDACTED") != std::string::npos) continue;
    Require(without.find(secret.Reveal()) == std::string::npos, "a secret by name is found by value");
  }
}

}  // namespace fuzz
