#include "service.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "tfcpp/base/strings.h"

namespace hostile {
namespace {

using tfcpp::Concat;

// Gives each connection to a thread of its own, until it is destroyed.
class Listener {
 public:
  using Handler = std::function<void(Peer&)>;

  explicit Listener(Handler handler) : handler_(std::move(handler)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() {
    if (!acceptor_.joinable()) return;
    shutdown(descriptor_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const Peer* peer : open_) peer->Shutdown();
    }
    for (std::thread& thread : threads_) thread.join();
    close(descriptor_);
  }

  // The port; 0: it cannot be had.
  int Start(int port) {
    descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    constexpr int kBacklog = 64;
    if (bind(descriptor_, generic, size) != 0 || listen(descriptor_, kBacklog) != 0 ||
        getsockname(descriptor_, generic, &size) != 0) {
      close(descriptor_);
      return 0;
    }
    acceptor_ = std::thread([this] { Accept(); });
    return ntohs(address.sin_port);
  }

 private:
  void Accept() {
    for (;;) {
      const int accepted = accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted < 0) return;
      const int on = 1;
      setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
      threads_.emplace_back([this, accepted] { Serve(accepted); });
    }
  }

  void Serve(int descriptor) {
    Peer peer(descriptor);
    {
      const std::lock_guard lock(mutex_);
      open_.push_back(&peer);
    }
    handler_(peer);
    const std::lock_guard lock(mutex_);
    open_.remove(&peer);
  }

  const Handler handler_;
  int descriptor_ = -1;
  std::thread acceptor_;
  std::vector<std::thread> threads_;  // the acceptor's, until it has ended
  std::mutex mutex_;
  std::list<const Peer*> open_;
};

}  // namespace

class Service::Impl {
 public:
  explicit Impl(const Mode& mode) : mode_(mode), context_(MakeTlsContext(mode.tls)) {}

  bool Start(int port) {
    const int other = trap_.Start(0);
    const int own = door_.Start(port);
    if (other == 0 || own == 0) return false;
    place_ = {Concat(context_ == nullptr ? "http" : "https", "://127.0.0.1:", std::to_string(own)),
              Concat("http://127.0.0.1:", std::to_string(other))};
    return true;
  }

  const Place& place() const { return place_; }
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::string elsewhere() const {
    const std::lock_guard lock(mutex_);
    return elsewhere_;
  }

 private:
  void Answer(Peer& peer) {
    if (context_ != nullptr && !peer.Secure(context_.get())) return;
    while (const auto request = peer.ReadRequest()) {
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(*request);
      }
      if (!mode_.play(peer, *request, place_)) return;
    }
  }

  void Trap(Peer& peer) {
    std::string bytes = "a connection: ";
    do {
      const std::lock_guard lock(mutex_);
      elsewhere_ += std::exchange(bytes, "");
    } while (peer.Receive(bytes));
  }

  const Mode& mode_;
  const TlsContext context_;
  Place place_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::string elsewhere_;
  // Last, for their threads use the others.
  Listener trap_{[this](Peer& peer) { Trap(peer); }};
  Listener door_{[this](Peer& peer) { Answer(peer); }};
};

Service::Service(const Mode& mode) : impl_(std::make_unique<Impl>(mode)) {}
Service::~Service() = default;
bool Service::Start(int port) { return impl_->Start(port); }
const Place& Service::place() const { return impl_->place(); }
std::vector<Request> Service::requests() const { return impl_->requests(); }
std::string Service::elsewhere() const { return impl_->elsewhere(); }

}  // namespace hostile
