#include "relay.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "control.h"
#include "message.h"
#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Concat;

std::string MakeAnswer(int status, std::string_view headers, std::string_view type, std::string_view body) {
  return Concat("HTTP/1.1 ", std::to_string(status), " Fault\r\nDate: ", HttpDate(std::chrono::system_clock::now()),
                "\r\nx-request-id: relay\r\nContent-Type: ", type, "\r\nContent-Length: ", std::to_string(body.size()),
                "\r\n", headers, "\r\n", body);
}

bool ActsFirst(FaultAction action) {
  switch (action) {
    case FaultAction::kStatusAfter:
    case FaultAction::kResetAfter:
    case FaultAction::kCloseAfter:
    case FaultAction::kHangAfter:
    case FaultAction::kTrickle:
    case FaultAction::kCutBody:
    case FaultAction::kMalformedBody:
    case FaultAction::kEmptyBody:
    case FaultAction::kHtml:
    case FaultAction::kOtherShape:
    case FaultAction::kRepeatToken:
    case FaultAction::kDelay:
    case FaultAction::kRequestHeaders:
      return true;
    default:
      return false;
  }
}

bool Trickle(const Socket& client, const Message& answer, std::chrono::milliseconds interval) {
  for (const char byte : answer.head + answer.body) {
    if (!client.Send({&byte, 1})) return false;
    std::this_thread::sleep_for(interval);
  }
  return true;
}

// A page whose token leads back to the first one.
std::string WithRepeatedToken(const std::string& page, const std::string& token) {
  auto body = tfcpp::Json::Parse(page);
  tfcpp::Json::Members members = body.has_value() && body->is_object() ? body->members() : tfcpp::Json::Members();
  std::erase_if(members, [](const auto& member) { return member.first == "next_page_token"; });
  members.emplace_back("next_page_token", tfcpp::Json::String(token));
  return tfcpp::Json::Object(std::move(members)).Write();
}

// Plays a fault towards the client; `answer` is the server's own, where it has acted. False: the connection ends.
bool Play(const Socket& client, const Fault& fault, const std::optional<Message>& answer) {
  switch (fault.action) {
    case FaultAction::kStatus:
    case FaultAction::kStatusAfter:
      return client.Send(MakeAnswer(fault.status, fault.headers, "application/json", fault.body));
    case FaultAction::kResetBefore:
    case FaultAction::kResetAfter:
      client.ResetOnClose();
      return false;
    case FaultAction::kCloseBefore:
    case FaultAction::kCloseAfter:
      return false;
    case FaultAction::kHangBefore:
    case FaultAction::kHangAfter:
      client.AwaitClose();
      return false;
    case FaultAction::kTrickle:
      return Trickle(client, *answer, std::chrono::milliseconds(fault.interval_ms));
    case FaultAction::kCutBody:
      client.Send(Concat(answer->head, answer->body.substr(0, answer->body.size() / 2)));
      return false;
    case FaultAction::kMalformedBody:
      return client.Send(MakeAnswer(200, "", "application/json", "{\"webhook\": {\"id\""));
    case FaultAction::kEmptyBody:
      return client.Send(MakeAnswer(200, "", "application/json", ""));
    case FaultAction::kHtml:
      return client.Send(MakeAnswer(200, "", "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"));
    case FaultAction::kOtherShape:
      return client.Send(MakeAnswer(200, "", "application/json", "{\"result\": [1, 2, 3]}"));
    case FaultAction::kRepeatToken:
      return client.Send(MakeAnswer(200, "", "application/json", WithRepeatedToken(answer->body, fault.page_token)));
    case FaultAction::kDelay:
      std::this_thread::sleep_for(std::chrono::milliseconds(fault.interval_ms));
      return client.Send(answer->head + answer->body);
    case FaultAction::kRequestHeaders:
      return client.Send(answer->head + answer->body);
  }
  return false;
}

}  // namespace

class Relay::Impl {
 public:
  Impl(Workspace& workspace, FaultBook& faults) : workspace_(workspace), faults_(faults) {}

  int Start(int port, int server_port, std::optional<Upstream> upstream) {
    server_.port = server_port;
    upstream_ = std::move(upstream);
    listener_ = Listen(port);
    if (!listener_.valid()) return 0;
    port_ = port;
    acceptor_ = std::thread([this] { Accept(); });
    return port;
  }

  void Stop() {
    if (!acceptor_.joinable()) return;
    stopping_ = true;
    const Socket last = Connect({.port = port_});  // only a connection ends accept() on every system
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const Socket* socket : open_) shutdown(socket->get(), SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  // A connection to our own server.
  struct Ours {
    Socket socket;
    std::string pending;
  };

  // While it lives, Stop ends what waits for this socket.
  class Registered {
   public:
    Registered(Impl& relay, const Socket& socket) : relay_(relay), socket_(socket) {
      const std::lock_guard lock(relay_.mutex_);
      relay_.open_.push_back(&socket_);
      if (relay_.stopping_) shutdown(socket_.get(), SHUT_RDWR);
    }
    ~Registered() {
      const std::lock_guard lock(relay_.mutex_);
      relay_.open_.remove(&socket_);
    }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;

   private:
    Impl& relay_;
    const Socket& socket_;
  };

  void Accept() {
    for (std::int64_t number = 1; !stopping_; ++number) {
      Socket client(accept(listener_.get(), nullptr, nullptr));
      if (!client.valid() || stopping_) continue;
      threads_.emplace_back([this, number, owned = std::move(client)]() mutable { Carry(number, std::move(owned)); });
    }
  }

  void Carry(std::int64_t number, Socket client) {
    client.SendAtOnce();
    const Registered registered(*this, client);
    Ours ours;
    std::string from_client;
    bool reused = false;
    while (auto request = ReadMessage(client, from_client)) {
      if (!Exchange(number, reused, *std::move(request), client, ours)) break;
      reused = true;
    }
  }

  // False: the connection ends.
  bool Exchange(std::int64_t number, bool reused, Message request, const Socket& client, Ours& ours) {
    const auto words = tfcpp::Split(request.FirstLine(), ' ');
    if (words.size() < 2) return false;
    const std::string method(words[0]);
    const std::string path(words[1].substr(0, words[1].find('?')));
    const bool control = Control::IsControlPath(path);
    LoggedRequest entry{.connection = number,
                        .method = method,
                        .path = path,
                        .query = {},
                        .body = WithHashedSecrets(request.body),
                        .fault = {}};
    std::optional<Fault> fault;
    if (!control) fault = faults_.Next(method, path, reused);
    if (fault.has_value()) entry.fault = fault->name;
    if (fault.has_value() && !ActsFirst(fault->action)) {
      entry.status = fault->action == FaultAction::kStatus ? fault->status : 0;
      workspace_.Log(std::move(entry));
      return Play(client, *fault, std::nullopt);
    }
    if (fault.has_value() && fault->action == FaultAction::kRequestHeaders) request.SetHeaders(fault->headers);
    const auto answer = control || !upstream_.has_value() ? AskOurs(request, entry, ours) : AskUpstream(request, entry);
    if (!answer.has_value()) return false;
    return fault.has_value() ? Play(client, *fault, answer) : client.Send(answer->head + answer->body);
  }

  // Our own server, which logs API requests itself. There is a connection to it for each of a client's.
  std::optional<Message> AskOurs(Message request, const LoggedRequest& entry, Ours& ours) {
    if (!ours.socket.valid()) ours.socket = Connect(server_);
    request.SetHeaders(Concat(kConnectionHeader, ": ", std::to_string(entry.connection), "\r\n",
                              entry.fault.empty() ? std::string() : Concat(kFaultHeader, ": ", entry.fault, "\r\n")));
    return Ask(ours.socket, request, ours.pending);
  }

  // A connection for each request: a server may end an idle one, which would look like a fault that nobody asked for.
  std::optional<Message> AskUpstream(const Message& request, LoggedRequest entry) {
    const Socket server = Connect(*upstream_);
    std::string pending;
    auto answer = Ask(server, request, pending);
    if (answer.has_value()) {
      const auto words = tfcpp::Split(answer->FirstLine(), ' ');
      entry.status =
          words.size() < 2 ? 0 : std::atoi(std::string(words[1]).c_str());  // NOLINT(cert-err34-c): 0 is none
    }
    workspace_.Log(std::move(entry));
    return answer;
  }

  std::optional<Message> Ask(const Socket& server, const Message& request, std::string& pending) {
    if (!server.valid()) return std::nullopt;
    const Registered registered(*this, server);
    if (!server.Send(request.head + request.body)) return std::nullopt;
    return ReadMessage(server, pending);
  }

  Workspace& workspace_;
  FaultBook& faults_;
  int port_ = 0;
  Upstream server_;
  std::optional<Upstream> upstream_;
  Socket listener_;
  std::thread acceptor_;
  std::vector<std::thread> threads_;  // the acceptor's, until it has ended
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::list<const Socket*> open_;
};

Relay::Relay(Workspace& workspace, FaultBook& faults) : impl_(std::make_unique<Impl>(workspace, faults)) {}
Relay::~Relay() { impl_->Stop(); }
int Relay::Start(int port, int server_port, std::optional<Upstream> upstream) {
  return impl_->Start(port, server_port, std::move(upstream));
}
void Relay::Stop() { impl_->Stop(); }

}  // namespace workspace
