// Modes whose answers are whole, but odd in what they say: no answer at all, forms and sizes of JSON, times, and texts
// that command a terminal.
#include <utility>

#include "modes.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace hostile {
namespace {

using tfcpp::Concat;
using tfcpp::Json;

std::string Repeated(std::string_view text, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

Mode Same(std::string name, std::string what, std::string answer) {
  return {std::move(name), std::move(what),
          [answer = std::move(answer)](Peer& peer, const Request&, const Place&) { return peer.Send(answer); }};
}

// What a proxy may put in the place of an answer.
std::vector<Mode> EmptyModes() {
  const std::string page = "<html><body>Welcome</body></html>";
  return {
      Same("empty_answer", "200 without a body", Answer(200, "")),
      Same("blank_answer", "200 with a blank body", Answer(200, " \r\n\t")),
      Same("no_content", "204", "HTTP/1.1 204 No Content\r\n\r\n"),
      Same("null_answer", "200 with the JSON null", Answer(200, "null")),
      Same("array_answer", "200 with an empty array", Answer(200, "[]")),
      Same("text_answer", "200 with a JSON text", Answer(200, R"("done")")),
      Same("page_answer", "200 with a page",
           Concat("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ", std::to_string(page.size()),
                  "\r\n\r\n", page)),
      {"empty_writes", "200 without a body for writes; honest reads",
       [](Peer& peer, const Request& request, const Place& place) {
         const bool reads = request.method == "GET" || request.Is("/token");
         return peer.Send(reads ? HonestAnswer(request, place) : Answer(200, ""));
       }},
  };
}

// A member of the whole answer twice: first an honest one, then another.
Mode Twice() {
  return {
      "json_twice", "members of the answer twice, the second time with nothing in them",
      [](Peer& peer, const Request& request, const Place& place) {
        std::string body = HonestBody(request, place);
        for (const auto& [operation, second] :
             {std::pair("/list", R"(, "webhooks": []})"), std::pair("/create", R"(, "webhook": {"id": "smuggled"}})"),
              std::pair("/update", R"(, "webhook": null})"), std::pair("/test", R"(, "status_code": 200})"),
              std::pair("/token", R"(, "access_token": "smuggled"})")}) {
          if (request.Is(operation)) body.replace(body.size() - 1, 1, second);
        }
        return peer.Send(Answer(body.empty() ? 404 : 200, body));
      }};
}

Mode ManyWebhooks() {
  return {"json_many_webhooks", "a million webhooks, where a thousand were asked for",
          [many = Concat(R"({"webhooks": [{})", Repeated(",{}", 1'000'000), "]}")](Peer& peer, const Request& request,
                                                                                   const Place& place) {
            const bool is_large = request.head.find("max_results=1000") != std::string::npos;
            return peer.Send(is_large ? Answer(200, many) : HonestAnswer(request, place));
          }};
}

std::string ManyMembers() {
  std::string members = R"({"m":0)";
  for (int i = 0; i < 1'000'000; ++i) members += Concat(R"(,"m)", std::to_string(i), "\":0");
  return members + "}";
}

std::vector<Mode> JsonModes() {
  const std::string deep = Repeated("[", 100'000) + Repeated("]", 100'000);
  const std::string digits(100'000, '7');
  return {
      WithOdd("json_deep", "something nested 100,000 deep that nobody asked for", {{"+unknown", deep}}),
      WithOdd("json_deep_member", "a webhook's events, nested 100,000 deep", {{"events", deep}}),
      Same("json_open", "100,000 arrays that do not end", Answer(200, Repeated("[", 100'000))),
      WithOdd("json_digits", "a number of 100,000 digits that nobody asked for", {{"+unknown", digits}}),
      WithOdd("json_digits_member", "times, lifetimes and statuses of 100,000 digits",
              {{"creation_timestamp", digits}, {"expires_in", digits}, {"status_code", digits}}),
      WithOdd("json_exponent", "numbers beyond a double",
              {{"creation_timestamp", "1e400"}, {"expires_in", "1e400"}, {"status_code", "1e400"}}),
      WithOdd("json_many_members", "a million members that nobody asked for", {{"+unknown", ManyMembers()}}),
      ManyWebhooks(),
      Twice(),
      WithOdd("json_twice_in_webhook", "an id twice", {{"id", R"("w1", "id": "smuggled")"}}),
      WithOdd("json_half_a_pair", "half of a surrogate pair",
              {{"description", R"("\ud800")"}, {"token_type", R"("\udc00")"}, {"body", R"("\ud83dx")"}}),
      WithOdd("json_zero_byte", "a zero byte within a text",
              {{"description", std::string("\"a\0b\"", 5)},
               {"token_type", std::string("\"\0\"", 3)},
               {"body", std::string("\"\0\"", 3)}}),
  };
}

Mode ClockOf(std::string name, std::string headers) {
  return {Concat("clock_of_", name), "honest answers by an odd clock",
          [headers = std::move(headers)](Peer& peer, const Request& request, const Place& place) {
            return peer.Send(HonestAnswer(request, place, headers));
          }};
}

// An update does not change when the webhook was made.
Mode CreatedAt(std::string_view name, const std::string& number) {
  return {Concat("created_", name), "odd times of a webhook",
          [number](Peer& peer, const Request& request, const Place& place) {
            Odd odd{{"last_updated_timestamp", number}};
            if (!request.Is("/update")) odd.emplace("creation_timestamp", number);
            const std::string body = HonestBody(request, place, odd);
            return peer.Send(Answer(body.empty() ? 404 : 200, body));
          }};
}

std::vector<Mode> TimeModes() {
  std::vector<Mode> modes = {
      ClockOf("year_1", "Date: Mon, 01 Jan 0001 00:00:00 GMT\r\n"),
      ClockOf("year_9999", "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
      ClockOf("2400", "Date: Sat, 01 Jan 2400 00:00:00 GMT\r\n"),
      ClockOf("nothing", "Date: \r\n"),
      ClockOf("no_such_hour", "Date: Thu, 01 Jan 2026 99:99:99 GMT\r\n"),
      ClockOf("two", "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
      ClockOf("long_text", Concat("Date: ", std::string(100'000, '9'), "\r\n")),
  };
  // Beyond 2262 a count of nanoseconds has no room, beyond 9999 a date.
  const std::pair<const char*, const char*> kNumbers[] = {
      {"0", "0"},
      {"minus", "-1"},
      {"least", "-9223372036854775808"},
      {"milliseconds", "3600000"},
      {"seconds", "1767225600"},
      {"now", "1767225600000"},
      {"2262", "9223372036855"},
      {"2300", "10413792000000"},
      {"last_of_9999", "253402300799999"},
      {"after_9999", "253402300800000"},
      {"1e18", "1000000000000000000"},
      {"most", "9223372036854775807"},
      {"too_large", "9223372036854775808"},
      {"digits", R"("1767225600000")"},
      {"fraction", "3600.5"},
      {"exponent", "1e3"},
      {"text", R"("soon")"},
      {"empty", R"("")"},
      {"null", "null"},
      {"missing", ""},
      {"true", "true"},
      {"array", "[3600]"},
  };
  for (const auto& [name, number] : kNumbers) {
    modes.push_back(WithOdd(Concat("expiry_", name), "a token's odd lifetime", {{"expires_in", number}}));
    modes.push_back(CreatedAt(name, number));
  }
  return modes;
}

// Colours, a title, C1, U+202E, U+2066 and more, which a terminal obeys.
constexpr char kCommands[] =
    "\x1b[31m\x1b]0;title\x07\xc2\x9b"
    "2J\xe2\x80\xae\xe2\x81\xa6\x7f\b\xff";

std::vector<Mode> TextModes() {
  const std::string commands = Json::String(tfcpp::ToValidUtf8(kCommands)).Write();
  const std::string error = Concat(R"({"error_code": )", commands, R"(, "message": )", commands, "}");
  const std::string header = Concat("x-request-id: a", kCommands, "\r\n");
  return {
      Same("commands_in_error", "commands for a terminal in all texts of a refusal", Answer(400, error, header)),
      Same("commands_in_text", "a fault told in commands", Answer(500, kCommands, header)),
      Same("commands_in_success", "an error in the clothes of a success", Answer(200, error, header)),
      Same("commands_in_status", "a status line with commands",
           Concat("HTTP/1.1 400 ", kCommands, "\r\nContent-Length: 0\r\n\r\n")),
      WithOdd("commands_in_id", "a webhook's id of commands", {{"id", commands}}),
      {"commands_in_listing", "commands in all other texts of a listed webhook, and in a delivery",
       [commands](Peer& peer, const Request& request, const Place& place) {
         Odd odd{{"body", commands}};
         if (request.Is("/list")) {
           for (const char* member : {"model_name", "description", "status"}) odd.emplace(member, commands);
         }
         const std::string body = HonestBody(request, place, odd);
         return peer.Send(Answer(body.empty() ? 404 : 200, body));
       }},
  };
}

}  // namespace

std::vector<Mode> AnswerModes() {
  std::vector<Mode> modes;
  for (std::vector<Mode> (*more)() : {EmptyModes, JsonModes, TimeModes, TextModes}) {
    for (Mode& mode : more()) modes.push_back(std::move(mode));
  }
  return modes;
}

}  // namespace hostile
