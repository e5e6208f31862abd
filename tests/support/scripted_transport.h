// ScriptedTransport: an HttpTransport in memory that gives prepared outcomes, one a call, and keeps the requests.
#pragma once

#include <deque>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "http/transport.h"

namespace tfcpp::test {

inline http::HttpResponse Answer(int status, std::string body = "", std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class ScriptedTransport final : public http::HttpTransport {
 public:
  ScriptedTransport(std::initializer_list<Result<http::HttpResponse>> outcomes) : outcomes_(outcomes) {}

  std::function<void()> on_send;
  std::vector<http::HttpRequest> requests;

  Result<http::HttpResponse> Send(const Context&, const http::HttpRequest& request) override {
    requests.push_back(request);
    if (on_send) on_send();
    if (outcomes_.empty()) throw std::logic_error("ScriptedTransport: one request too many");
    auto outcome = std::move(outcomes_.front());
    outcomes_.pop_front();
    return outcome;
  }
  std::size_t left() const { return outcomes_.size(); }

 private:
  std::deque<Result<http::HttpResponse>> outcomes_;
};

}  // namespace tfcpp::test
