// What the API of either service answers when it fails becomes text for people: a line with headers (`Name: value|Name:
// value`), its first character the status, then the body. Whatever it holds, nothing secret is told and the terminal is
// not written.
#include "databricks/errors.h"

#include <iterator>
#include <map>
#include <string>

#include "answer_text.h"
#include "fuzz.h"
#include "mlflow_server/config.h"
#include "mlflow_server/errors.h"
#include "rest/known_secrets.h"

namespace fuzz {
namespace {

using tfcpp::rest::HttpResponse;
using tfcpp::rest::JsonCall;

void RequireTold(const tfcpp::Error& error) {
  RequireReadable(error.message, "the error");
  Require(!error.message.empty(), "an error has a text");
  Require(error.message.size() < 8192, "an error is short");
}

void RequireTold(const tfcpp::Error& failed_read, const tfcpp::Error& failed_write, const HttpResponse& response) {
  RequireTold(failed_read);
  RequireTold(failed_write);
  Require(!failed_read.may_have_acted, "a read has no effect");
  // FEATURE_DISABLED is a refusal whatever the status.
  const bool disabled = response.body.find("FEATURE_DISABLED") != std::string::npos;
  Require(failed_write.may_have_acted || response.status >= 400 || disabled,
          "a write that was not refused may have acted");
}

const tfcpp::mlflow_server::Config& ServerConfig() {
  static const tfcpp::mlflow_server::Config config{
      .tracking_uri = "https://example.com",
      .tracking_token = tfcpp::Secret(std::string(kCanary)),
      .sources = {{"tracking_uri", "the provider block"}, {"tracking_token", "the provider block"}}};
  return config;
}

}  // namespace

void Run(std::string_view input) {
  constexpr int kStatuses[] = {200, 302, 400, 401, 403, 404, 408, 409, 429, 499, 500, 501, 502, 503, 504};
  const tfcpp::rest::KnownSecrets secrets({tfcpp::Secret(std::string(kCanary))});
  Lines lines(input);
  std::string_view head = lines.Take();
  const HttpResponse response{.status = kStatuses[Choose(head, std::size(kStatuses))],
                              .headers = HeadersOf(Plant(head)),
                              .body = Plant(lines.TakeRest())};
  const JsonCall read{.path = "/api/2.0/list"};
  JsonCall write{.method = tfcpp::rest::Method::kPost, .path = "/api/2.0/create"};
  write.effect = tfcpp::rest::Effect::kCreates;
  const auto failed_read = tfcpp::databricks::ToError("https://example.com", read, response, secrets);
  const auto failed_write = tfcpp::databricks::ToError("https://example.com", write, response, secrets);
  RequireTold(failed_read, failed_write, response);
  const tfcpp::rest::JsonAnswer odd{.body = {}, .headers = response.headers, .status = response.status};
  RequireTold(tfcpp::databricks::ToMisfit("https://example.com", write, odd, "it is odd", secrets));
  RequireTold(tfcpp::mlflow_server::ToError(ServerConfig(), read, response, secrets),
              tfcpp::mlflow_server::ToError(ServerConfig(), write, response, secrets), response);
  RequireTold(tfcpp::mlflow_server::ToMisfit("https://example.com", write, odd, "it is odd", secrets));
}

}  // namespace fuzz
