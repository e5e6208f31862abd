// Peer: the other end of one accepted connection, in clear or over TLS.
//
// Thread safety: one thread uses it; Shutdown may be called from another.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hostile {

struct Request {
  std::string method;
  std::string path;  // without the query
  std::string head;
  std::string body;

  // Whether the path ends so: "/list".
  bool Is(std::string_view operation) const { return path.ends_with(operation); }
};

class Peer {
 public:
  // Owns the descriptor.
  explicit Peer(int descriptor) : descriptor_(descriptor) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();

  // From here on over TLS; false: the handshake failed.
  bool Secure(SSL_CTX* context);
  bool Send(std::string_view bytes);
  // Appends what comes next; false at the end.
  bool Receive(std::string& bytes);
  // The next request; nullopt when the peer is gone.
  std::optional<Request> ReadRequest();
  // Until the peer goes.
  void AwaitClose();
  // False: the peer went away before the time was over.
  bool StaysFor(int milliseconds);
  // Ends whatever the other thread waits for.
  void Shutdown() const;

 private:
  int descriptor_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, &SSL_free};
  std::string pending_;
};

}  // namespace hostile
