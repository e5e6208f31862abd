#include "http_server.h"

#include <httplib.h>

#include <chrono>
#include <limits>
#include <thread>
#include <utility>

#include "guard.h"
#include "listen.h"
#include "relay.h"
#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

std::string BearerToken(const std::string& authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  return authorization.substr(0, kScheme.size()) == kScheme ? authorization.substr(kScheme.size()) : "";
}

Request ToRequest(const httplib::Request& request) {
  Request converted{.method = request.method, .path = request.path, .body = request.body};
  // Not request.params, to which httplib adds the body of a form: what curl -d sends unless told otherwise.
  httplib::Params query;
  const std::size_t mark = request.target.find('?');
  if (mark != std::string::npos) httplib::detail::parse_query_text(request.target.substr(mark + 1), query);
  for (const auto& [name, value] : query) converted.query.emplace_back(name, value);
  converted.token = BearerToken(request.get_header_value("Authorization"));
  return converted;
}

void Send(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.set_content(answer.body.Write(), "application/json");
}

std::unique_ptr<httplib::Server> MakeServer(const ServerOptions& options) {
  if (options.certificate_file.empty()) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>(options.certificate_file.c_str(), options.key_file.c_str());
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(Workspace& workspace, Control& control) : workspace_(workspace), control_(control) {}

  int Start(const ServerOptions& options) {
    server_ = MakeServer(options);
    guard_ = Guard(options.certificate_file.empty() ? "http" : "https", options.host_names);
    if (!server_->is_valid()) return 0;
    constexpr int kThreads = 64;
    server_->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_->set_tcp_nodelay(true);  // 43 ms an answer without
    server_->set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server_->set_keep_alive_timeout(600);
    const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
      Handle(request, response);
    };
    server_->Get(".*", handle);
    server_->Post(".*", handle);
    server_->Patch(".*", handle);
    server_->Put(".*", handle);
    server_->Delete(".*", handle);
    int port = options.port;
    if (port == 0) {
      port = server_->bind_to_any_port("127.0.0.1");
    } else if (!server_->bind_to_port("127.0.0.1", port)) {
      return 0;
    }
    if (port <= 0) return 0;
    thread_ = ListenInThread(*server_);
    return port;
  }

  void Stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }

 private:
  void Handle(const httplib::Request& http_request, httplib::Response& response) {
    if (const auto refused = guard_.Refuse({.method = http_request.method,
                                            .host = http_request.get_header_value("Host"),
                                            .origin = http_request.get_header_value("Origin"),
                                            .content_type = http_request.get_header_value("Content-Type")})) {
      return Send(*refused, response);
    }
    const Request request = ToRequest(http_request);
    if (Control::IsControlPath(request.path)) return Send(control_.Handle(request), response);
    if (const int latency = workspace_.settings().latency_ms; latency > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(latency));
    }
    const Answer answer = workspace_.Handle(request);
    const std::string connection = http_request.get_header_value(kConnectionHeader);
    const std::string request_id = Hashed(tfcpp::Concat(std::to_string(++last_id_), request.path)).substr(7, 16);
    response.set_header("x-request-id", request_id);
    response.set_header("Date", HttpDate(std::chrono::system_clock::now()));
    workspace_.Log(
        {.connection = connection.empty() ? 0 : std::atoll(connection.c_str()),  // NOLINT(cert-err34-c): our own
         .method = request.method,
         .path = request.path,
         .query = request.query,
         .body = WithHashedSecrets(request.body),
         .status = answer.status,
         .fault = http_request.get_header_value(kFaultHeader)});
    Send(answer, response);
  }

  Workspace& workspace_;
  Control& control_;
  Guard guard_;
  std::unique_ptr<httplib::Server> server_;
  std::thread thread_;
  std::atomic<int> last_id_ = 0;
};

HttpServer::HttpServer(Workspace& workspace, Control& control) : impl_(std::make_unique<Impl>(workspace, control)) {}
HttpServer::~HttpServer() { impl_->Stop(); }
int HttpServer::Start(const ServerOptions& options) { return impl_->Start(options); }
void HttpServer::Stop() { impl_->Stop(); }

}  // namespace workspace
