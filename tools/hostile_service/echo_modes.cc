// Modes that say again what they have learned, in every form and place.
#include <array>

#include "echo_forms.h"
#include "modes.h"
#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace hostile {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

// The value of a header, in the request's own case.
std::string Header(const Request& request, std::string_view name) {
  const std::size_t at = tfcpp::ToLower(request.head).find(Concat("\r\n", name, ":"));
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 3;
  return std::string(tfcpp::Trim(request.head.substr(begin, request.head.find('\r', begin) - begin)));
}

// Who calls, by which secret, and what for. Of HTTP Basic the name and the password.
std::string Learned(const Request& request) {
  const std::string authorization = Header(request, "authorization");
  std::string credentials = authorization.substr(authorization.find(' ') + 1);
  if (authorization.starts_with("Basic ")) {
    credentials = tfcpp::DecodeBase64Url(credentials.substr(0, credentials.find('='))).value_or(credentials);
  }
  return Concat(credentials, " ", request.body);
}

// As a string of JSON, unless it is one's inside already.
std::string Quoted(const std::string& text) {
  return text.find("\\u00") != text.npos ? Concat("\"", text, "\"") : Json::String(text).Write();
}

std::string ErrorBody(const std::string& code, const std::string& message) {
  return Concat(R"({"error_code": )", Quoted(code), R"(, "message": )", Quoted(message), "}");
}

struct EchoPlace {
  const char* name;
  std::string (*answer)(const Request& request, const Place& place, const std::string& echo);
};

// Only in listings, so that what is asked for comes to be.
std::string InListing(const char* member, const Request& request, const Place& place, const std::string& echo) {
  return Answer(200, HonestBody(request, place, request.Is("/list") ? Odd{{member, Quoted(echo)}} : Odd()));
}

constexpr std::array<EchoPlace, 11> kPlaces = {{
    {"error_code",
     [](const Request&, const Place&, const std::string& echo) { return Answer(400, ErrorBody(echo, "m")); }},
    {"message",
     [](const Request&, const Place&, const std::string& echo) { return Answer(400, ErrorBody("BAD", echo)); }},
    {"text", [](const Request&, const Place&, const std::string& echo) { return Answer(400, Concat("bad: ", echo)); }},
    {"request_id",
     [](const Request&, const Place&, const std::string& echo) {
       return Answer(400, ErrorBody("BAD", "m"), Concat("x-request-id: ", echo, "\r\n"));
     }},
    {"location",
     [](const Request&, const Place& place, const std::string& echo) {
       return Answer(302, "", Concat("Location: ", place.elsewhere, "/?", echo, "\r\n"));
     }},
    {"reason",
     [](const Request&, const Place&, const std::string& echo) {
       return Concat("HTTP/1.1 400 ", echo, "\r\nX-Databricks-Reason-Phrase: ", echo, "\r\nContent-Length: 0\r\n\r\n");
     }},
    {"success",
     [](const Request&, const Place&, const std::string& echo) { return Answer(200, ErrorBody(echo, echo)); }},
    {"id",
     [](const Request& request, const Place& place, const std::string& echo) {
       return Answer(200, HonestBody(request, place, {{"id", Quoted(echo)}}));
     }},
    {"model_name", [](const Request& request, const Place& place,
                      const std::string& echo) { return InListing("model_name", request, place, echo); }},
    {"unreadable_id",
     [](const Request& request, const Place& place, const std::string& echo) {
       return Answer(200, HonestBody(request, place, {{"id", Quoted(echo)}, {"events", "7"}}));
     }},
    {"delivery",
     [](const Request& request, const Place& place, const std::string& echo) {
       return Answer(200, HonestBody(request, place, request.Is("/test") ? Odd{{"body", Quoted(echo)}} : Odd()));
     }},
}};

Mode Echo(const EchoForm& form, const EchoPlace& place) {
  return {Concat("echo_", form.name, "_in_", place.name), "what was learned, said again",
          [&form, &place](Peer& peer, const Request& request, const Place& at) {
            if (request.Is("/oauth-authorization-server")) return peer.Send(HonestAnswer(request, at));
            return peer.Send(place.answer(request, at, form.write(Learned(request))));
          }};
}

// Half of the secret where an error's message ends, the other half where the request's id begins.
bool Split(Peer& peer, const Request& request, const Place& place) {
  if (request.Is("/oauth-authorization-server")) return peer.Send(HonestAnswer(request, place));
  const std::string learned = Learned(request);
  const std::string secret = learned.substr(learned.find(':') + 1, learned.find(' ') - learned.find(':') - 1);
  const std::size_t half = secret.size() / 2;
  return peer.Send(Answer(400, ErrorBody("BAD", Concat("bad ", secret.substr(0, half))),
                          Concat("x-request-id: ", secret.substr(half), "\r\n")));
}

}  // namespace

std::vector<Mode> EchoModes() {
  std::vector<Mode> modes;
  for (const EchoForm& form : EchoForms()) {
    for (const EchoPlace& place : kPlaces) modes.push_back(Echo(form, place));
  }
  modes.push_back({"echo_over_body_and_header", "half of a secret in the body, half in a header", Split});
  return modes;
}

}  // namespace hostile
