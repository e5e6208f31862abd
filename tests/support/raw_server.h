// RawServer: a TCP server on 127.0.0.1 that does to each connection what its script says, down to breaking it.
//
//   RawServer server({[](RawServer::Connection& c) { c.ReadRequest(); c.Write(Ok("{}")); }});
//   transport.Send(context, {.url = server.url() + "/path"});
//
// The n-th connection gets the n-th script, in a thread of its own; it is closed when the script ends. A connection
// without a script is closed at once.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tfcpp::test {

inline std::string Ok(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

// A gate that one thread waits at until another opens it.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// A socket that listens on a free port of 127.0.0.1; `port` is set to it.
inline int Listen(int& port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(descriptor, generic, size) != 0 || listen(descriptor, 64) != 0 ||
      getsockname(descriptor, generic, &size) != 0) {
    std::abort();
  }
  port = ntohs(address.sin_port);
  return descriptor;
}

// A port where nobody listens.
inline int RefusedPort() {
  int port = 0;
  close(Listen(port));
  return port;
}

class RawServer {
 public:
  class Connection {
   public:
    Connection(RawServer& server, int descriptor) : server_(server), descriptor_(descriptor) {}
    int descriptor() const { return descriptor_; }

    // Head and body of the next request; nullopt when the peer has closed. Counts as a request of the server.
    std::optional<std::string> ReadRequest() {
      for (;;) {
        if (const auto head = buffer_.find("\r\n\r\n"); head != std::string::npos) {
          std::size_t size = head + 4;
          if (const auto length = buffer_.find("Content-Length: "); length < head) {
            size += static_cast<std::size_t>(std::atol(buffer_.c_str() + length + 16));
          }
          if (buffer_.size() >= size) {
            std::string request = buffer_.substr(0, size);
            buffer_.erase(0, size);
            server_.Count(request);
            return request;
          }
        }
        char data[4096];
        const ssize_t got = recv(descriptor_, data, sizeof(data), 0);
        if (got <= 0) return std::nullopt;
        buffer_.append(data, static_cast<std::size_t>(got));
      }
    }
    void Write(std::string_view text) const {
      while (!text.empty()) {
        const ssize_t sent = send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(sent));
      }
    }
    // Blocks until the peer closes, or the server ends.
    void Hang() const {
      char data[4096];
      while (recv(descriptor_, data, sizeof(data), 0) > 0) {
      }
    }
    // Makes the close that follows a reset.
    void Reset() const {
      const linger abrupt{1, 0};
      setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abrupt, sizeof(abrupt));
    }

   private:
    RawServer& server_;
    int descriptor_;
    std::string buffer_;
  };
  using Script = std::function<void(Connection&)>;

  explicit RawServer(std::vector<Script> scripts) : scripts_(std::move(scripts)), listener_(Listen(port_)) {
    acceptor_ = std::thread([this] { Accept(); });
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int descriptor : open_) shutdown(descriptor, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    close(listener_);
  }

  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url() const { return "http://" + authority(); }
  // By a name of this machine (RFC 6761) that nothing exempts from a proxy; its addresses, and localhost, are exempt.
  std::string named_url() const { return "http://ws.localhost:" + std::to_string(port_); }
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
  }
  void WaitForRequests(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return requests_.size() >= count; });
  }
  // Until the server's side of so many connections is closed.
  void WaitForClosed(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ >= count; });
  }

 private:
  void Accept() {
    for (;;) {
      const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) return;
      const int on = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
      const std::lock_guard lock(mutex_);
      const std::size_t index = connections_++;
      open_.push_back(descriptor);
      threads_.emplace_back([this, descriptor, index] {
        Connection connection(*this, descriptor);
        if (index < scripts_.size()) scripts_[index](connection);
        const std::lock_guard closing(mutex_);
        std::erase(open_, descriptor);
        close(descriptor);
        ++closed_;
        changed_.notify_all();
      });
    }
  }
  void Count(const std::string& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    changed_.notify_all();
  }

  const std::vector<Script> scripts_;
  int port_ = 0;
  int listener_;
  std::thread acceptor_;
  std::vector<std::thread> threads_;  // the acceptor's, until it has ended

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<int> open_;
  std::vector<std::string> requests_;
  std::size_t connections_ = 0;
  std::size_t closed_ = 0;
};

}  // namespace tfcpp::test
