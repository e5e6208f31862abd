// replayer: what an MLflow server 3.17.2 has answered, again and again, at once: so that what is measured is Terraform
// and the provider. It keeps no state: the number of a webhook is in its name (webhook-7) and in its id, its times
// follow from the number, and whatever is asked about it, the same recorded text is the answer. Each webhook is there
// that has a number, and none of them can be changed.
//
//   replayer      prints its address, and serves until its standard input ends
//   GET /asked    how often it was asked for what since the start: {"get": 1000, "list": 0, "write": 0, "other": 0}
#include <httplib.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <iostream>
#include <limits>
#include <regex>
#include <string>
#include <string_view>
#include <thread>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"
#include "listen.h"

namespace {

using httplib::Request;
using httplib::Response;
using tfcpp::Concat;
using tfcpp::Json;

constexpr char kWebhooks[] = "/api/2.0/mlflow/webhooks";
// As recorded, but for ID, NUMBER and TIME.
constexpr std::string_view kWebhook = R"({
  "webhook": {
    "webhook_id": "ID",
    "name": "webhook-NUMBER",
    "description": "Notify when new models are registered",
    "url": "https://ci.example.com/hooks/mlflow",
    "events": [
      {
        "entity": "MODEL_VERSION",
        "action": "CREATED"
      },
      {
        "entity": "REGISTERED_MODEL",
        "action": "CREATED"
      }
    ],
    "status": "ACTIVE",
    "creation_timestamp": TIME,
    "last_updated_timestamp": TIME
  }
})";
constexpr char kMissing[] =
    R"({"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Webhook with ID ID not found.", "sqlstate": "KAM00", )"
    R"("error_class": "RESOURCE_NOT_FOUND"})";
constexpr char kServerInfo[] =
    R"({"store_type":"SqlStore","workspaces_enabled":false,"trace_archival_enabled":false,)"
    R"("multipart_uploads_enabled":false,"multipart_downloads_enabled":false,"presigned_upload_run_id_supported":true,)"
    R"("presigned_upload_model_id_supported":true,"features_enabled":{"gateway":true}})";

struct Asked {
  std::atomic<int> get = 0;
  std::atomic<int> list = 0;
  std::atomic<int> write = 0;
  std::atomic<int> other = 0;
};

void Say(Response& response, int status, const std::string& body) {
  response.status = status;
  response.set_header("Server", "uvicorn");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("X-Frame-Options", "SAMEORIGIN");
  response.set_header("Vary", "Origin");
  response.set_content(body, "application/json");
}

std::string Put(std::string text, std::string_view word, std::string_view value) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + value.size()))
    text.replace(at, word.size(), value);
  return text;
}

void SayWebhook(Response& response, int number) {
  std::array<char, 13> digits{};
  std::snprintf(digits.data(), digits.size(), "%012d", number);
  const std::string with_id = Put(std::string(kWebhook), "ID", Concat("bcd4fbc6-d1d7-4e0f-8d3e-", digits.data()));
  const std::string with_name = Put(with_id, "NUMBER", std::to_string(number));
  Say(response, 200, Put(with_name, "TIME", std::to_string(1'795'830'077'068 + number)));
}

// Of a name or an id; -1: it has none.
int NumberIn(const std::string& text) {
  static const std::regex kForm("(?:webhook-|bcd4fbc6-d1d7-4e0f-8d3e-000)([0-9]{1,9})");
  std::smatch found;
  return std::regex_match(text, found, kForm) ? std::stoi(found[1]) : -1;
}

void Answer(const std::string& name_or_id, Response& response) {
  const int number = NumberIn(name_or_id);
  if (number < 0) return Say(response, 404, Put(kMissing, "ID ID", Concat("ID ", name_or_id)));
  SayWebhook(response, number);
}

void Route(httplib::Server& server, Asked& asked) {
  const std::string of_one = Concat(kWebhooks, "/([^/]+)");
  server.Get(of_one, [&](const Request& request, Response& response) {
    ++asked.get;
    Answer(request.matches[1], response);
  });
  server.Get(kWebhooks, [&](const Request&, Response& response) {
    ++asked.list;
    Say(response, 200, "{}");
  });
  server.Post(kWebhooks, [&](const Request& request, Response& response) {
    ++asked.write;
    const auto body = Json::Parse(request.body);
    Answer(body.has_value() ? body->FindString("name").value_or("") : "", response);
  });
  server.Delete(of_one, [&](const Request&, Response& response) {
    ++asked.write;
    Say(response, 200, "{}");
  });
  server.Get("/api/3.0/mlflow/server-info", [&](const Request&, Response& response) {
    ++asked.other;
    Say(response, 200, kServerInfo);
  });
  server.Get("/asked", [&](const Request&, Response& response) {
    const auto number = [](const std::atomic<int>& count) { return Json::Int(count.load()); };
    response.set_content(Json::Object({{"get", number(asked.get)},
                                       {"list", number(asked.list)},
                                       {"write", number(asked.write)},
                                       {"other", number(asked.other)}})
                             .Write(),
                         "application/json");
  });
}

}  // namespace

int main() {
  Asked asked;
  httplib::Server server;
  // A connection that is kept open keeps a thread.
  server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  server.set_keep_alive_max_count(1'000'000);
  server.set_tcp_nodelay(true);
  Route(server, asked);
  const int port = server.bind_to_any_port("127.0.0.1");
  if (port <= 0) return 1;
  std::thread listening = workspace::ListenInThread(server);
  std::cout << "replayer ready at http://127.0.0.1:" << port << std::endl;
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  server.stop();
  listening.join();
  return 0;
}
