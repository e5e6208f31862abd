#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tfcpp/json/json.h"
#include "world.h"

namespace faults {
namespace {

using tfcpp::Json;

// tests/server/serve.py in a process of its own, which ends with the server when this does.
class Served {
 public:
  Served() {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDIN_FILENO);
      dup2(ends[1], STDOUT_FILENO);
      execlp("python3", "python3", TFCPP_SOURCE_DIR "/tests/server/serve.py", nullptr);
      _exit(127);
    }
    close(ends[1]);
    stream_ = fdopen(ends[0], "r+");
    port_ = std::atoi(Line().c_str());  // NOLINT(cert-err34-c): 0 is none
    EXPECT_NE(port_, 0) << "the MLflow server did not start: scripts/setup_server.sh installs it";
  }
  ~Served() {
    (void)std::fclose(stream_);
    waitpid(process_, nullptr, 0);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  int port() const { return port_; }

  Json Ask(const char* what) {
    (void)std::fprintf(stream_, "%s\n", what);
    (void)std::fflush(stream_);
    auto answer = Json::Parse(Line());
    EXPECT_TRUE(answer.has_value()) << what;
    return answer.has_value() ? *answer : Json::Null();
  }

 private:
  std::string Line() {
    std::string line;
    for (int c = std::fgetc(stream_); c != EOF && c != '\n'; c = std::fgetc(stream_)) line += static_cast<char>(c);
    return line;
  }

  pid_t process_ = 0;
  std::FILE* stream_ = nullptr;
  int port_ = 0;
};

Served& Server() {
  static Served served;
  return served;
}

class ServerWorld final : public World {
 public:
  ServerWorld() : World(workspace::Upstream{.port = Server().port()}) { Server().Ask("clear"); }

  std::optional<std::string> Variable(std::string_view name) const override {
    if (name == "MLFLOW_TRACKING_URI") return url();
    if (name == "MLFLOW_TRACKING_TOKEN") return "canary-token";
    return std::nullopt;
  }
  const char* type_name() const override { return "mlflow_server_webhook"; }
  // A server with one worker takes 10 to 65 ms for a call, and has company here.
  std::chrono::milliseconds patience() const override { return std::chrono::milliseconds(1'500); }

  std::vector<There> webhooks() override {
    std::vector<There> webhooks;
    const Json answer = Server().Ask("webhooks");
    for (const Json& webhook : answer.elements()) {
      webhooks.push_back({webhook.FindString("id").value(), webhook.FindString("description").value(),
                          webhook.FindString("secret").value()});
    }
    return webhooks;
  }
  void Age() override { Server().Ask("age"); }
  void Keep() override { Server().Ask("keep"); }
  void Restore() override { Server().Ask("restore"); }
};

}  // namespace

std::unique_ptr<World> MakeServerWorld() { return std::make_unique<ServerWorld>(); }

}  // namespace faults
