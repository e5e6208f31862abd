#include "relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "message.h"

namespace workspace {
namespace {

using tfcpp::Concat;

class Socket {
 public:
  explicit Socket(int descriptor = -1) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int get() const { return descriptor_; }
  bool valid() const { return descriptor_ >= 0; }

  // Closing then sends a reset instead of an orderly end.
  void ResetOnClose() const {
    const linger hard{1, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
  }
  bool Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Appends what comes next; false at the end.
  bool Receive(std::string& bytes) const {
    std::array<char, 16384> buffer{};
    const ssize_t got = recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
  }
  // Until the peer goes.
  void AwaitClose() const {
    std::string ignored;
    while (Receive(ignored)) ignored.clear();
  }

 private:
  int descriptor_;
};

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// One HTTP message with a Content-Length or no body: all that the API's clients and our server send.
struct Message {
  std::string head;  // with its empty line
  std::string body;
  std::string_view FirstLine() const { return std::string_view(head).substr(0, head.find("\r\n")); }
};

std::size_t ContentLength(const std::string& head) {
  const std::string lower = tfcpp::ToLower(head);
  const std::size_t at = lower.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 17, nullptr, 10);
}

// `pending` keeps what came beyond the message.
std::optional<Message> ReadMessage(const Socket& socket, std::string& pending) {
  std::size_t end = 0;
  while ((end = pending.find("\r\n\r\n")) == std::string::npos) {
    if (!socket.Receive(pending)) return std::nullopt;
  }
  Message message{pending.substr(0, end + 4), {}};
  const std::size_t size = ContentLength(message.head);
  while (pending.size() < message.head.size() + size) {
    if (!socket.Receive(pending)) return std::nullopt;
  }
  message.body = pending.substr(message.head.size(), size);
  pending.erase(0, message.head.size() + size);
  return message;
}

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
std::string WithRepeatedToken(const std::string& page) {
  auto body = tfcpp::Json::Parse(page);
  tfcpp::Json::Members members = body.has_value() && body->is_object() ? body->members() : tfcpp::Json::Members();
  std::erase_if(members, [](const auto& member) { return member.first == "next_page_token"; });
  members.emplace_back("next_page_token", tfcpp::Json::String("p0"));
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
      return client.Send(MakeAnswer(200, "", "application/json", WithRepeatedToken(answer->body)));
  }
  return false;
}

}  // namespace

class Relay::Impl {
 public:
  Impl(Workspace& workspace, FaultBook& faults) : workspace_(workspace), faults_(faults) {}

  int Start(int port, int server_port) {
    server_port_ = server_port;
    listener_ = Socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    sockaddr_in address = Loopback(port);
    socklen_t size = sizeof(address);
    constexpr int kBacklog = 256;
    if (bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_.get(), kBacklog) != 0 ||
        getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      return 0;
    }
    acceptor_ = std::thread([this] { Accept(); });
    return ntohs(address.sin_port);
  }

  void Stop() {
    if (!acceptor_.joinable()) return;
    stopping_ = true;
    shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const Socket* socket : open_) shutdown(socket->get(), SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void Accept() {
    for (std::int64_t number = 1; !stopping_; ++number) {
      Socket client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!client.valid()) continue;
      threads_.emplace_back([this, number, owned = std::move(client)]() mutable { Carry(number, std::move(owned)); });
    }
  }

  void Carry(std::int64_t number, Socket client) {
    const int on = 1;
    setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    Socket server(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    setsockopt(server.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const sockaddr_in address = Loopback(server_port_);
    if (connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return;
    Register(&client, &server);
    std::string from_client;
    std::string from_server;
    bool reused = false;
    while (auto request = ReadMessage(client, from_client)) {
      if (!Exchange(number, reused, *request, client, server, from_server)) break;
      reused = true;
    }
    Unregister(&client, &server);
  }

  // False: the connection ends.
  bool Exchange(std::int64_t number, bool reused, const Message& request, const Socket& client, const Socket& server,
                std::string& from_server) {
    const auto words = tfcpp::Split(request.FirstLine(), ' ');
    if (words.size() < 2) return false;
    const std::string method(words[0]);
    const std::string path(words[1].substr(0, words[1].find('?')));
    std::optional<Fault> fault;
    if (path.rfind("/control/", 0) != 0) fault = faults_.Next(method, path, reused);
    if (fault.has_value() && !ActsFirst(fault->action)) {
      workspace_.Log({.connection = number,
                      .method = method,
                      .path = path,
                      .query = {},
                      .body = WithHashedSecrets(request.body),
                      .status = fault->action == FaultAction::kStatus ? fault->status : 0,
                      .fault = fault->name});
      return Play(client, *fault, std::nullopt);
    }
    std::string head = request.head;
    head.insert(head.size() - 2,
                Concat(kConnectionHeader, ": ", std::to_string(number), "\r\n",
                       fault.has_value() ? Concat(kFaultHeader, ": ", fault->name, "\r\n") : std::string()));
    if (!server.Send(head + request.body)) return false;
    const auto answer = ReadMessage(server, from_server);
    if (!answer.has_value()) return false;
    return fault.has_value() ? Play(client, *fault, answer) : client.Send(answer->head + answer->body);
  }

  void Register(const Socket* client, const Socket* server) {
    const std::lock_guard lock(mutex_);
    open_.push_back(client);
    open_.push_back(server);
  }
  void Unregister(const Socket* client, const Socket* server) {
    const std::lock_guard lock(mutex_);
    open_.remove(client);
    open_.remove(server);
  }

  Workspace& workspace_;
  FaultBook& faults_;
  int server_port_ = 0;
  Socket listener_;
  std::thread acceptor_;
  std::vector<std::thread> threads_;  // the acceptor's, until it has ended
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::list<const Socket*> open_;
};

Relay::Relay(Workspace& workspace, FaultBook& faults) : impl_(std::make_unique<Impl>(workspace, faults)) {}
Relay::~Relay() { impl_->Stop(); }
int Relay::Start(int port, int server_port) { return impl_->Start(port, server_port); }
void Relay::Stop() { impl_->Stop(); }

}  // namespace workspace
