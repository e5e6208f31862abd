// World: what one row of the fault matrix plays in: a service behind real sockets with a relay that breaks things, and
// runs of the provider against it, each of them a process of its own as far as Terraform and the provider can tell.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/provider_client.h"
#include "control.h"
#include "delivery.h"
#include "faults.h"
#include "http_server.h"
#include "inbox.h"
#include "provider/provider.h"
#include "relay.h"
#include "tfcpp/testing/fake_clock.h"
#include "tfcpp/testing/recording_logger.h"
#include "workspace.h"

namespace faults {

// An instance of a resource, as Terraform remembers it.
struct Instance {
  tfcpp::Value state;
  std::string private_data;
  std::string import_id = {};  // of an import block in the configuration; empty: there is none
};

// A webhook that the service has.
struct There {
  std::string id;
  std::string description;
  std::string secret;  // all of its secrets, joined
};

class World {
 public:
  virtual ~World() = default;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  // What the provider finds in its environment.
  virtual std::optional<std::string> Variable(std::string_view name) const = 0;
  virtual const char* type_name() const = 0;
  // How long a call may take before it is given up, where a fault keeps the answer.
  virtual std::chrono::milliseconds patience() const = 0;

  virtual std::vector<There> webhooks() = 0;
  // What is there becomes an hour older.
  virtual void Age() = 0;
  // What is there now is kept, and put back.
  virtual void Keep() = 0;
  virtual void Restore() = 0;

  // Strikes the `index`-th request from now (0: the next one). `rule` as in tools/local_workspace/README.md.
  // Several rules count apart.
  void Arm(std::string_view rule, int index);
  // How many faults have struck. Removes them.
  int Disarm();

 protected:
  // Before `upstream`, or before the local workspace.
  explicit World(std::optional<workspace::Upstream> upstream = std::nullopt);

  workspace::Workspace space_{workspace::Settings{}};

 private:
  workspace::FaultBook faults_;
  workspace::Deliverer deliverer_{[](const auto&...) { return workspace::TargetAnswer{}; }};  // nothing is delivered
  workspace::Inbox inbox_;
  workspace::Control control_{space_, faults_, deliverer_, inbox_, ""};
  workspace::HttpServer server_{space_, control_};
  workspace::Relay relay_{space_, faults_};
  int port_ = 0;
};

// The local workspace.
std::unique_ptr<World> MakeRegistryWorld();
// A real MLflow server, one for this process (tests/server/serve.py).
std::unique_ptr<World> MakeServerWorld();

struct RunOptions {
  std::chrono::milliseconds timeout{60'000};  // of one HTTP call
  int refuse_at = -1;                         // the request, counted from 0, whose connection is refused
};

// One run of Terraform with one instance. Retry waits pass on a clock of its own.
class Run {
 public:
  Run(World& world, const RunOptions& options);

  tfcpp::Value Parse(std::string_view text) const { return client_.Parse(text); }
  tfcpp::Value Nothing() const { return tfcpp::Value::Null(client_.value_type()); }
  // As `terraform apply`: import or refresh, plan, apply; false: it ended with an error.
  bool Apply(Instance& instance, const tfcpp::Value& config);
  // As `terraform apply -refresh-only`.
  bool Refresh(Instance& instance);
  bool PlanIsEmpty(const Instance& instance, const tfcpp::Value& config);

  // Until listings are read anew.
  void PassTime() { clock_.Advance(std::chrono::seconds(11)); }

  // How many requests were refused.
  int refused() const;
  // All that was shown and logged.
  std::string output() const { return output_ + log_.text(); }

 private:
  bool Import(Instance& instance);
  void Show(const conformance::Change& change);

  std::shared_ptr<int> refused_ = std::make_shared<int>(0);
  tfcpp::test::FakeClock clock_;
  tfcpp::test::RecordingLogger log_;
  tfcpp::Provider provider_;
  conformance::ProviderClient client_;
  std::string output_;
};

}  // namespace faults
