// A service that means harm or is broken, in place of the network: each request is answered by the next line of the
// input.
//
//   2[Date: Thu, 01 Jan 2026 00:00:00 GMT|x-request-id: ~]{"webhooks":[{"id":"~"}]}
//
// First what happens, one character (kOutcomes in hostile.cc): an HTTP status, or no answer. Then headers, in brackets,
// if any. Then the body. `~` stands for what the service has just learned: the request's credentials and body. After
// the last line nobody answers, so that everything comes to an end.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "rest/transport.h"
#include "tfcpp/base/log.h"
#include "tfcpp/testing/fake_clock.h"

namespace fuzz {

class HostileService {
 public:
  // Both must outlive this. Each request takes a second, so that endless retries end.
  HostileService(Lines& lines, tfcpp::test::FakeClock& clock) : lines_(lines), clock_(clock) {}

  std::function<void()> on_stop = [] {};  // Ctrl-C, in the middle of a request

  tfcpp::Result<tfcpp::rest::HttpResponse> Answer(const tfcpp::rest::HttpRequest& request);

  // Before a call; the two below tell of the requests since.
  void Forget();
  // The last answer to a read of webhooks tells nothing of them: there was none, or a refusal.
  bool is_in_the_dark() const { return is_in_the_dark_; }
  // Of the requests that create something, the last one may have had its effect.
  bool may_have_created() const { return may_have_created_; }

 private:
  tfcpp::rest::HttpResponse Respond(int status, std::string_view line, const tfcpp::rest::HttpRequest& request) const;

  Lines& lines_;
  tfcpp::test::FakeClock& clock_;
  std::size_t requests_ = 0;
  bool is_in_the_dark_ = false;
  bool may_have_created_ = false;
};

// Thread safety: none; the service must outlive this.
class HostileTransport final : public tfcpp::rest::HttpTransport {
 public:
  explicit HostileTransport(HostileService& service) : service_(service) {}
  tfcpp::Result<tfcpp::rest::HttpResponse> Send(const tfcpp::Context&,
                                                const tfcpp::rest::HttpRequest& request) override {
    return service_.Answer(request);
  }

 private:
  HostileService& service_;
};

// A log that has no secret in it.
class WatchedLog final : public tfcpp::Logger {
 public:
  bool Enabled(tfcpp::LogLevel) const override { return true; }
  void Write(tfcpp::LogLevel, std::string_view message, tfcpp::LogFields fields) override {
    RequireNoSecret(message, "a log record");
    for (const auto& [key, value] : fields) RequireNoSecret(value, key);
  }
};

}  // namespace fuzz
