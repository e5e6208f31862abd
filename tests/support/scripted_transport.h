// ScriptedTransport: an HttpTransport in memory that gives prepared outcomes, one a call, and keeps the requests.
#pragma once

#include <deque>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "rest/transport.h"

namespace tfcpp::test {

inline rest::HttpResponse Answer(int status, std::string body = "", std::vector<rest::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

class ScriptedTransport final : public rest::HttpTransport {
 public:
  ScriptedTransport(std::initializer_list<Result<rest::HttpResponse>> outcomes) : outcomes_(outcomes) {}

  std::function<void()> on_send;
  std::vector<rest::HttpRequest> requests;

  Result<rest::HttpResponse> Send(const Context&, const rest::HttpRequest& request) override {
    requests.push_back(request);
    if (on_send) on_send();
    if (outcomes_.empty()) throw std::logic_error("ScriptedTransport: one request too many");
    auto outcome = std::move(outcomes_.front());
    outcomes_.pop_front();
    return outcome;
  }
  std::size_t left() const { return outcomes_.size(); }

 private:
  std::deque<Result<rest::HttpResponse>> outcomes_;
};

}  // namespace tfcpp::test
