#include "base/strings.h"
#include "json/json.h"
#include "modes.h"

namespace hostile {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

// The webhook that the tests have, as an update leaves it.
std::string Webhook(const Request& request) {
  std::string description = "before";
  if (const auto body = Json::Parse(request.body); body.has_value() && body->is_object())
    description = body->FindString("description").value_or(description);
  return Concat(
      R"({"id": "w1", "events": ["COMMENT_CREATED"], "description": ")", description,
      R"(", "status": "ACTIVE", "creation_timestamp": 1767225600000, "last_updated_timestamp": 1767225600000,)",
      R"( "http_url_spec": {"url": "https://example.com/a", "enable_ssl_verification": true}})");
}

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Empty: nothing is there.
std::string HonestBody(const Request& request, const Place& place) {
  const std::string& path = request.path;
  if (EndsWith(path, "/list")) return Concat(R"({"webhooks": [)", Webhook(request), "]}");
  if (EndsWith(path, "/create") || EndsWith(path, "/update")) return Concat(R"({"webhook": )", Webhook(request), "}");
  if (EndsWith(path, "/delete")) return "{}";
  if (EndsWith(path, "/test")) return R"({"status_code": 200, "body": "accepted"})";
  if (EndsWith(path, "/oauth-authorization-server")) {
    return Concat(R"({"token_endpoint": ")", place.url, R"(/oidc/v1/token"})");
  }
  if (EndsWith(path, "/token")) {
    return R"({"access_token": "canary-access", "token_type": "Bearer", "expires_in": 3600})";
  }
  return "";
}

}  // namespace

std::string HonestAnswer(const Request& request, const Place& place, const std::string& headers) {
  const std::string body = HonestBody(request, place);
  return Concat(body.empty() ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK",
                "\r\nContent-Type: application/json\r\nContent-Length: ", std::to_string(body.size()), "\r\n", headers,
                "\r\n", body);
}

}  // namespace hostile
