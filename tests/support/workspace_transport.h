// WorkspaceTransport: the local workspace's semantics as an HttpTransport, without sockets. A test may answer some
// requests itself.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "message.h"
#include "rest/transport.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/base/url.h"
#include "workspace.h"

namespace tfcpp::test {

// Thread safety: Send from any thread. The hooks are set before use; `sent` is for when nobody sends.
class WorkspaceTransport final : public rest::HttpTransport {
 public:
  explicit WorkspaceTransport(workspace::Workspace& space) : space_(space) {}

  // Asked first; nullopt passes the request on.
  std::function<std::optional<Result<rest::HttpResponse>>(const rest::HttpRequest&)> intercept;
  // Asked after the workspace has acted; true: the answer is lost on its way.
  std::function<bool(const rest::HttpRequest&)> lose_answer;
  bool tells_date = true;
  std::string token;              // of requests that carry no credentials
  std::vector<std::string> sent;  // "POST create", in their order

  Result<rest::HttpResponse> Send(const Context&, const rest::HttpRequest& request) override {
    workspace::Request converted = Convert(request);
    if (converted.token.empty()) converted.token = token;
    {
      const std::lock_guard lock(mutex_);
      sent.push_back(Concat(converted.method, " ", converted.path.substr(converted.path.rfind('/') + 1)));
    }
    if (intercept) {
      if (auto answer = intercept(request)) return *std::move(answer);
    }
    const workspace::Answer answer = space_.Handle(converted);
    if (lose_answer && lose_answer(request)) {
      return Error{.code = ErrorCode::kUnavailable,
                   .message = "The connection was lost.",
                   .reason = "lost",
                   .may_have_acted = true};
    }
    std::vector<rest::Header> headers;
    if (tells_date) headers.push_back({"Date", workspace::HttpDate(std::chrono::system_clock::now())});
    return rest::HttpResponse{.status = answer.status, .headers = std::move(headers), .body = answer.body.Write()};
  }

 private:
  static std::string Decode(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%') {
        decoded += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        decoded += text[i];
      }
    }
    return decoded;
  }

  static workspace::Request Convert(const rest::HttpRequest& request) {
    const Url url = Url::Split(request.url);
    workspace::Request converted{
        .method = std::string(rest::ToString(request.method)), .path = std::string(url.path), .body = request.body};
    for (std::string_view pair : Split(url.query.value_or(""), '&')) {
      const std::size_t equals = pair.find('=');
      converted.query.emplace_back(Decode(pair.substr(0, equals)), Decode(pair.substr(equals + 1)));
    }
    for (const rest::Header& header : request.headers) {
      if (EqualsIgnoreCase(header.name, "Authorization"))
        converted.token = header.value.substr(header.value.find(' ') + 1);
    }
    return converted;
  }

  workspace::Workspace& space_;
  std::mutex mutex_;
};

}  // namespace tfcpp::test
