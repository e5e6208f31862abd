// SPDX-License-Identifier: Apache-2.0
#include "rest/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "rest/curl_errors.h"
#include "rest/curl_exchange.h"
#include "rest/trust.h"

namespace tfcpp::rest {
namespace {

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

}  // namespace

// The thread and what it owns. Callers hand exchanges over under the mutex and wake the loop. An exception in it would
// end the process, so what needs memory there is caught, or done by the callers.
class CurlTransport::Loop {
 public:
  explicit Loop(CurlOptions options) : options_(std::move(options)) {}

  ~Loop() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      if (multi_ != nullptr) curl_multi_wakeup(multi_.get());
    }
    if (thread_.joinable()) thread_.join();
  }

  Result<HttpResponse> Run(const Context& context, const HttpRequest& request) {
    Exchange exchange{request, options_};
    if (context.stop.stop_requested() && !context.finishing) return StoppedError(exchange);
    if (auto refused = FindControl(exchange)) return *std::move(refused);

    std::unique_lock lock(mutex_);
    if (!StartOnce()) return Error{.code = ErrorCode::kInternal, .message = "The HTTP client could not be started."};
    if (IsHttps(request.url)) TFCPP_RETURN_IF_ERROR(FindTrustOnce());
    incoming_.push_back(&exchange);
    curl_multi_wakeup(multi_.get());
    lock.unlock();
    const std::stop_callback on_stop(context.finishing ? std::stop_token() : context.stop, [&] {
      const std::lock_guard stop_lock(mutex_);
      exchange.abort = true;
      curl_multi_wakeup(multi_.get());
    });
    lock.lock();
    finished_.wait(lock, [&] { return exchange.done; });
    lock.unlock();  // the callback's destructor waits for a running callback, which needs the mutex
    return OutcomeOf(exchange);
  }

 private:
  // With the mutex held. False when libcurl or the thread could not be had.
  bool StartOnce() {
    if (multi_ != nullptr) return true;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
    multi_.reset(curl_multi_init());
    if (multi_ == nullptr) return false;
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(options_.max_connections));
    thread_ = std::thread([this] { Work(); });
    return true;
  }

  // With the mutex held. After an error the next call looks again.
  Result<void> FindTrustOnce() {
    if (trusted_ != nullptr) return {};
    TFCPP_ASSIGN_OR_RETURN(auto found, FindTrust(options_));
    trusted_ = std::make_unique<crypto::TrustStore>(std::move(found));
    return {};
  }

  void Work() {
    while (TakeIncoming()) {
      AbortWhatMayBeAborted();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      FinishDone();
      constexpr int kLongMs = 60'000;  // a wake-up ends it
      curl_multi_poll(multi_.get(), nullptr, 0, kLongMs, nullptr);
    }
  }

  // Null: none waits, or there is no room for one more.
  Exchange* TakeNext() {
    const std::lock_guard lock(mutex_);
    if (incoming_.empty() || active_.size() >= options_.max_transfers) return nullptr;
    Exchange* next = incoming_.front();
    incoming_.pop_front();
    return next;
  }

  // False: the transport is being destroyed.
  bool TakeIncoming() {
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return false;
    }
    while (Exchange* exchange = TakeNext()) {
      try {
        Prepare(*exchange, IsHttps(exchange->request.url) ? trusted_.get() : nullptr);
        active_.push_back(exchange);
        curl_multi_add_handle(multi_.get(), exchange->easy.get());
      } catch (const std::exception&) {
        exchange->thrown = std::current_exception();
        Finish(*exchange);
      }
    }
    return true;
  }

  // Takes it from those that wait.
  Exchange* FindToAbort() {
    const std::lock_guard lock(mutex_);
    const auto active = std::find_if(active_.begin(), active_.end(), [](const Exchange* exchange) {
      return exchange->abort && (exchange->request.effect == Effect::kNone || !HasSent(*exchange));
    });
    if (active != active_.end()) return *active;
    const auto waiting =
        std::find_if(incoming_.begin(), incoming_.end(), [](const Exchange* exchange) { return exchange->abort; });
    if (waiting == incoming_.end()) return nullptr;
    Exchange* found = *waiting;
    incoming_.erase(waiting);
    return found;
  }

  // A read ends at once; a write that has been sent runs to its answer or its timeout, so that its outcome is known.
  void AbortWhatMayBeAborted() {
    while (Exchange* exchange = FindToAbort()) {
      if (exchange->easy != nullptr) curl_multi_remove_handle(multi_.get(), exchange->easy.get());
      Forget(exchange);
      exchange->stopped = true;
      Finish(*exchange);
    }
  }

  void FinishDone() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      void* user = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
      auto& exchange = *static_cast<Exchange*>(user);
      exchange.code = message->data.result;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      exchange.response.status = static_cast<int>(status);
      curl_multi_remove_handle(multi_.get(), easy);
      Forget(&exchange);
      Finish(exchange);
    }
  }

  void Forget(Exchange* exchange) { std::erase(active_, exchange); }

  void Finish(Exchange& exchange) {
    exchange.was_sent = HasSent(exchange);
    exchange.easy.reset();
    // Notified under the lock: the exchange lives on its caller's stack and is gone once that caller sees `done`.
    const std::lock_guard lock(mutex_);
    exchange.done = true;
    finished_.notify_all();
    if (!incoming_.empty()) curl_multi_wakeup(multi_.get());  // there is room for the next one
  }

  const CurlOptions options_;
  std::unique_ptr<const crypto::TrustStore> trusted_;  // set before the first https exchange is handed over
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::thread thread_;
  std::vector<Exchange*> active_;  // the thread's own

  std::mutex mutex_;
  std::condition_variable finished_;
  std::deque<Exchange*> incoming_;  // wait for their turn
  bool ending_ = false;
};

CurlTransport::CurlTransport(CurlOptions options) : loop_(std::make_unique<Loop>(std::move(options))) {}
CurlTransport::~CurlTransport() = default;

Result<HttpResponse> CurlTransport::Send(const Context& context, const HttpRequest& request) {
  return loop_->Run(context, request);
}

}  // namespace tfcpp::rest
