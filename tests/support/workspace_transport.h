// WorkspaceTransport: the local workspace's semantics as an HttpTransport, without sockets. A test may answer some
// requests itself.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "http/transport.h"
#include "workspace.h"

namespace tfcpp::test {

// Thread safety: as Workspace; `intercept` and `sent` are for one thread.
class WorkspaceTransport final : public http::HttpTransport {
 public:
  explicit WorkspaceTransport(workspace::Workspace& space) : space_(space) {}

  // Asked first; nullopt passes the request on.
  std::function<std::optional<Result<http::HttpResponse>>(const http::HttpRequest&)> intercept;
  std::vector<std::string> sent;  // "POST create", in their order

  Result<http::HttpResponse> Send(const Context&, const http::HttpRequest& request) override {
    const workspace::Request converted = Convert(request);
    sent.push_back(Concat(converted.method, " ", converted.path.substr(converted.path.rfind('/') + 1)));
    if (intercept) {
      if (auto answer = intercept(request)) return *std::move(answer);
    }
    const workspace::Answer answer = space_.Handle(converted);
    return http::HttpResponse{.status = answer.status, .headers = {}, .body = answer.body.Write()};
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

  static workspace::Request Convert(const http::HttpRequest& request) {
    const std::string_view url = request.url;
    const std::size_t path_at = url.find('/', url.find("://") + 3);
    const std::size_t query_at = url.find('?');
    workspace::Request converted{.method = std::string(http::ToString(request.method)),
                                 .path = std::string(url.substr(path_at, query_at - path_at)),
                                 .body = request.body};
    if (query_at != url.npos) {
      for (std::string_view pair : Split(url.substr(query_at + 1), '&')) {
        const std::size_t equals = pair.find('=');
        converted.query.emplace_back(Decode(pair.substr(0, equals)), Decode(pair.substr(equals + 1)));
      }
    }
    for (const http::Header& header : request.headers) {
      if (EqualsIgnoreCase(header.name, "Authorization"))
        converted.token = header.value.substr(header.value.find(' ') + 1);
    }
    return converted;
  }

  workspace::Workspace& space_;
};

}  // namespace tfcpp::test
