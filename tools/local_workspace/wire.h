// Sockets, and the HTTP messages that a Relay (relay.h) passes through them. Thread safety: one thread for each object.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace workspace {

// Where a server listens: a name or an address, and a port.
struct Upstream {
  std::string host = "127.0.0.1";
  int port = 0;
};

class Socket {
 public:
  explicit Socket(int descriptor = -1) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket();
  int get() const { return descriptor_; }
  bool valid() const { return descriptor_ >= 0; }

  // What is sent leaves at once, also when it is little.
  void SendAtOnce() const;
  // Closing then sends a reset instead of an orderly end.
  void ResetOnClose() const;
  // False when the peer has gone. SIGPIPE is to be ignored; a process with an HttpServer does.
  bool Send(std::string_view bytes) const;
  // Appends what comes next; false at the end.
  bool Receive(std::string& bytes) const;
  // Until the peer goes.
  void AwaitClose() const;

 private:
  int descriptor_;
};

// Listens on 127.0.0.1:port (0: any), and sets `port` to what it got; invalid when it cannot.
Socket Listen(int& port);
// Invalid when nobody answers there.
Socket Connect(const Upstream& upstream);

// One HTTP message with a Content-Length, in chunks or without a body: all that the clients and the servers here send.
struct Message {
  std::string head;  // with its empty line
  std::string body;  // as it came
  std::string_view FirstLine() const { return std::string_view(head).substr(0, head.find("\r\n")); }
  // Adds header lines, each with its end, in place of those of the same names.
  void SetHeaders(std::string_view lines);
};

// `pending` keeps what came beyond the message; nullopt: the peer has gone.
std::optional<Message> ReadMessage(const Socket& socket, std::string& pending);

}  // namespace workspace
