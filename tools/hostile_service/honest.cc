#include <utility>

#include "modes.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace hostile {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

using Members = std::vector<std::pair<std::string, std::string>>;  // names, and values as they are written

// As the table of the odd ones wants it.
std::string Object(const Members& members, const Odd& odd) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += Concat(text.empty() ? "" : ", ", "\"", name, "\": ", value);
  };
  for (const auto& [name, value] : members) {
    const auto found = odd.find(name);
    if (found == odd.end()) {
      add(name, value);
    } else if (!found->second.empty()) {
      add(name, found->second);
    }
  }
  for (const auto& [name, value] : odd) {
    if (name.front() == '+') add(name.substr(1), value);
  }
  return Concat("{", text, "}");
}

// The webhook that the tests have, as an update leaves it.
std::string Webhook(const Request& request, const Odd& odd) {
  std::string description = "before";
  if (const auto body = Json::Parse(request.body); body.has_value() && body->is_object())
    description = body->FindString("description").value_or(description);
  return Object({{"id", R"("w1")"},
                 {"events", R"(["COMMENT_CREATED"])"},
                 {"model_name", "null"},
                 {"description", Json::String(description).Write()},
                 {"status", R"("ACTIVE")"},
                 {"creation_timestamp", "1767225600000"},
                 {"last_updated_timestamp", "1767225600000"},
                 {"http_url_spec", R"({"url": "https://example.com/a", "enable_ssl_verification": true})"}},
                odd);
}

}  // namespace

std::string HonestBody(const Request& request, const Place& place, const Odd& odd) {
  if (request.Is("/list")) return Object({{"webhooks", Concat("[", Webhook(request, odd), "]")}}, {});
  if (request.Is("/create") || request.Is("/update")) return Object({{"webhook", Webhook(request, odd)}}, {});
  if (request.Is("/delete")) return "{}";
  if (request.Is("/test")) return Object({{"status_code", "200"}, {"body", R"("accepted")"}}, odd);
  if (request.Is("/oauth-authorization-server")) {
    return Object({{"token_endpoint", Concat("\"", place.url, R"(/oidc/v1/token")")}}, {});
  }
  if (request.Is("/token")) {
    return Object(
        {{"access_token", R"("canary-access-0123456789")"}, {"token_type", R"("Bearer")"}, {"expires_in", "3600"}},
        odd);
  }
  return "";
}

std::string Answer(int status, std::string_view body, std::string_view headers) {
  return Concat("HTTP/1.1 ", std::to_string(status),
                " Said\r\nContent-Type: application/json\r\nContent-Length: ", std::to_string(body.size()), "\r\n",
                headers, "\r\n", body);
}

std::string HonestAnswer(const Request& request, const Place& place, const std::string& headers) {
  const std::string body = HonestBody(request, place);
  return Answer(body.empty() ? 404 : 200, body, headers);
}

Mode WithOdd(std::string name, std::string what, Odd odd) {
  return {std::move(name), std::move(what),
          [odd = std::move(odd)](Peer& peer, const Request& request, const Place& place) {
            const std::string body = HonestBody(request, place, odd);
            return peer.Send(Answer(body.empty() ? 404 : 200, body));
          }};
}

}  // namespace hostile
