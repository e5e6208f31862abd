#include "support/token_server.h"

#include <httplib.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tfcpp::test {

class TokenServer::Impl {
 public:
  Impl() {
    const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
      Handle(request, response);
    };
    server_.set_keep_alive_timeout(1);
    server_.Get(".*", handle);
    server_.Post(".*", handle);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Impl() {
    server_.stop();
    thread_.join();
  }

  struct Row {
    std::string body;
    int status;
    std::map<std::string, std::string> headers;
    int left;  // 0: for ever
  };

  void Handle(const httplib::Request& request, httplib::Response& response) {
    const std::string name = request.method + " " + request.path;
    std::string line = name;
    for (const auto& [header, value] : request.headers) {
      std::string lower = header;
      std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
      if (lower == "authorization" || lower == "metadata" || lower == "metadata-flavor" || lower[0] == 'x') {
        line += " " + lower + "=" + value;
      }
    }
    for (const auto& [key, value] : request.params) line += " " + key + "=" + value;
    if (request.params.empty() && !request.body.empty()) line += " " + request.body;
    const std::lock_guard lock(mutex_);
    log_ += line + "\n";
    ++counts_[name];
    auto& rows = rows_[name];
    if (rows.empty()) {
      response.status = 404;
      return;
    }
    const Row row = rows.back();
    if (row.left > 0 && --rows.back().left == 0) rows.pop_back();
    response.status = row.status;
    for (const auto& [header, value] : row.headers) response.set_header(header.c_str(), value);
    response.set_content(row.body, "application/json");
  }

  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Row>> rows_;
  std::map<std::string, int> counts_;
  std::string log_;
};

TokenServer::TokenServer() : impl_(std::make_unique<Impl>()) {}
TokenServer::~TokenServer() = default;

std::string TokenServer::url() const { return "http://127.0.0.1:" + std::to_string(impl_->port_); }

void TokenServer::Answer(const std::string& request, std::string body, int status,
                         std::map<std::string, std::string> headers, int times) {
  const std::lock_guard lock(impl_->mutex_);
  impl_->rows_[request].push_back({std::move(body), status, std::move(headers), times});
}

std::string TokenServer::log() const {
  const std::lock_guard lock(impl_->mutex_);
  return impl_->log_;
}

int TokenServer::count(const std::string& request) const {
  const std::lock_guard lock(impl_->mutex_);
  const auto found = impl_->counts_.find(request);
  return found == impl_->counts_.end() ? 0 : found->second;
}

}  // namespace tfcpp::test
