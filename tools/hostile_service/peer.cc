#include "peer.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "tfcpp/base/strings.h"

namespace hostile {

Peer::~Peer() {
  if (ssl_ != nullptr) SSL_shutdown(ssl_.get());
  close(descriptor_);
}

bool Peer::Secure(SSL_CTX* context) {
  ssl_.reset(SSL_new(context));
  SSL_set_fd(ssl_.get(), descriptor_);
  return SSL_accept(ssl_.get()) == 1;
}

bool Peer::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ssl_ != nullptr
                          ? static_cast<ssize_t>(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())))
                          : send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Peer::Receive(std::string& bytes) {
  std::array<char, 4096> buffer{};
  const auto got = ssl_ != nullptr
                       ? static_cast<ssize_t>(SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size())))
                       : recv(descriptor_, buffer.data(), buffer.size(), 0);
  if (got <= 0) return false;
  bytes.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<Request> Peer::ReadRequest() {
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!Receive(pending_)) return std::nullopt;
  }
  Request request;
  request.head = pending_.substr(0, end + 4);
  const std::size_t length = tfcpp::ToLower(request.head).find("\r\ncontent-length:");
  const std::size_t size =
      length == std::string::npos ? 0 : std::strtoul(request.head.c_str() + length + 17, nullptr, 10);
  while (pending_.size() < end + 4 + size) {
    if (!Receive(pending_)) return std::nullopt;
  }
  request.body = pending_.substr(end + 4, size);
  pending_.erase(0, end + 4 + size);
  const auto words = tfcpp::Split(std::string_view(request.head).substr(0, request.head.find("\r\n")), ' ');
  if (words.size() < 2) return std::nullopt;
  request.method = words[0];
  request.path = words[1].substr(0, words[1].find('?'));
  return request;
}

void Peer::AwaitClose() {
  std::string ignored;
  while (Receive(ignored)) ignored.clear();
}

bool Peer::StaysFor(int milliseconds) {
  pollfd gone{descriptor_, POLLRDHUP, 0};
  return poll(&gone, 1, milliseconds) == 0;
}

void Peer::Shutdown() const { shutdown(descriptor_, SHUT_RDWR); }

}  // namespace hostile
