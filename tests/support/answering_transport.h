// AnsweringTransport: an HttpTransport in memory whose answers a function gives, and which keeps what was asked.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "rest/transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"

namespace tfcpp::test {

// Thread safety: Send from any thread, if the function may be called so; `requests` is for when nobody sends.
class AnsweringTransport final : public rest::HttpTransport {
 public:
  using Answering = std::function<Result<rest::HttpResponse>(const rest::HttpRequest&)>;
  explicit AnsweringTransport(Answering answer) : answer_(std::move(answer)) {}

  std::vector<rest::HttpRequest> requests;

  Result<rest::HttpResponse> Send(const Context&, const rest::HttpRequest& request) override {
    {
      const std::lock_guard lock(mutex_);
      requests.push_back(request);
    }
    return answer_(request);
  }

  // "GET webhooks/7", what was asked for since the last call of this.
  std::vector<std::string> Asked() {
    std::vector<std::string> asked;
    for (const rest::HttpRequest& request : std::exchange(requests, {})) {
      const Url url = Url::Split(request.url);
      const std::size_t at = url.path.find("mlflow/");
      asked.push_back(Concat(rest::ToString(request.method), " ",
                             at == url.path.npos ? url.path.substr(1) : url.path.substr(at + 7)));
    }
    return asked;
  }

 private:
  Answering answer_;
  std::mutex mutex_;
};

}  // namespace tfcpp::test
