#include "wire.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

// Where the chunks of a body end that begins at `at`; npos: more is to come.
std::size_t EndOfChunks(const std::string& text, std::size_t at) {
  for (;;) {
    const std::size_t line = text.find("\r\n", at);
    if (line == std::string::npos) return line;
    const std::size_t size = std::strtoul(text.c_str() + at, nullptr, 16);
    at = line + 2 + size + 2;
    if (text.size() < at) return std::string::npos;
    if (size == 0) return at;  // no server here sends trailers
  }
}

// Where the body of a message ends whose head is the first `head` bytes; npos: more is to come.
std::size_t EndOfBody(const std::string& text, std::size_t head) {
  const std::string lower = tfcpp::ToLower(text.substr(0, head));
  if (lower.find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos) return EndOfChunks(text, head);
  const std::size_t at = lower.find("\r\ncontent-length:");
  const std::size_t size = at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 17, nullptr, 10);
  return text.size() < head + size ? std::string::npos : head + size;
}

}  // namespace

Socket::~Socket() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Socket::SendAtOnce() const {
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

void Socket::ResetOnClose() const {
  const linger hard{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
}

bool Socket::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), 0);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Socket::Receive(std::string& bytes) const {
  std::array<char, 16384> buffer{};
  const ssize_t got = recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (got <= 0) return false;
  bytes.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

void Socket::AwaitClose() const {
  std::string ignored;
  while (Receive(ignored)) ignored.clear();
}

Socket Listen(int& port) {
  Socket listener(socket(AF_INET, SOCK_STREAM, 0));
  const int on = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  socklen_t size = sizeof(address);
  constexpr int kBacklog = 256;
  if (bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener.get(), kBacklog) != 0 ||
      getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return Socket();
  }
  port = ntohs(address.sin_port);
  return listener;
}

Socket Connect(const Upstream& upstream) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(upstream.host.c_str(), std::to_string(upstream.port).c_str(), &wanted, &found) != 0) return Socket();
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, freeaddrinfo);
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    Socket server(socket(address->ai_family, SOCK_STREAM, 0));
    if (connect(server.get(), address->ai_addr, address->ai_addrlen) != 0) continue;
    server.SendAtOnce();
    return server;
  }
  return Socket();
}

void Message::SetHeaders(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    const std::string name = tfcpp::ToLower(tfcpp::Concat("\r\n", line.substr(0, line.find(':') + 1)));
    if (const std::size_t at = tfcpp::ToLower(head).find(name); at != std::string::npos) {
      head.erase(at, head.find("\r\n", at + 2) - at);
    }
    head.insert(head.size() - 2, tfcpp::Concat(line, "\r\n"));
    lines.remove_prefix(line.size() + 2);
  }
}

std::optional<Message> ReadMessage(const Socket& socket, std::string& pending) {
  std::size_t head = 0;
  while ((head = pending.find("\r\n\r\n")) == std::string::npos) {
    if (!socket.Receive(pending)) return std::nullopt;
  }
  head += 4;
  std::size_t end = 0;
  while ((end = EndOfBody(pending, head)) == std::string::npos) {
    if (!socket.Receive(pending)) return std::nullopt;
  }
  Message message{pending.substr(0, head), pending.substr(head, end - head)};
  pending.erase(0, end);
  return message;
}

}  // namespace workspace
