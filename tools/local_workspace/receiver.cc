#include "receiver.h"

#include <httplib.h>

#include <thread>
#include <utility>

#include "listen.h"
#include "pem.h"

namespace workspace {

class Receiver::Impl {
 public:
  Impl(Inbox& inbox, const std::string& certificate, const std::string& key)
      : inbox_(inbox), server_(ReadCertificate(certificate).get(), ReadKey(key).get()) {}

  int Start(int port) {
    if (!server_.is_valid()) return 0;
    constexpr int kThreads = 8;
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_tcp_nodelay(true);
    const auto take = [this](const httplib::Request& request, httplib::Response& response) {
      Received received{.method = request.method, .path = request.target, .headers = {}, .body = request.body};
      for (const auto& [name, value] : request.headers) {
        // httplib puts the connection's ends among the headers.
        if (name.rfind("REMOTE_", 0) != 0 && name.rfind("LOCAL_", 0) != 0) received.headers.emplace_back(name, value);
      }
      const Inbox::Answer answer = inbox_.Take(std::move(received));
      response.status = answer.status;
      response.set_content(answer.body, "text/plain");
    };
    server_.Post(".*", take);
    server_.Put(".*", take);
    server_.Get(".*", take);
    if (port == 0) {
      port = server_.bind_to_any_port("127.0.0.1");
    } else if (!server_.bind_to_port("127.0.0.1", port)) {
      return 0;
    }
    if (port <= 0) return 0;
    thread_ = ListenInThread(server_);
    return port;
  }

  void Stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

 private:
  Inbox& inbox_;
  httplib::SSLServer server_;
  std::thread thread_;
};

Receiver::Receiver(Inbox& inbox, std::string certificate, std::string key)
    : impl_(std::make_unique<Impl>(inbox, certificate, key)) {}
Receiver::~Receiver() { impl_->Stop(); }
int Receiver::Start(int port) { return impl_->Start(port); }
void Receiver::Stop() { impl_->Stop(); }

}  // namespace workspace
