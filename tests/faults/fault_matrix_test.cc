// The fault matrix: every operation on every kind of webhook, with every fault at every request that it makes. After
// the fault comes one more plain apply; then state and service agree, there is one webhook for each resource and none
// besides, the plan is empty, and no secret was shown. Webhooks of the registry are the local workspace's; those of an
// MLflow server are a real one's, and are a test of their own (ctest -L server).
#include <gmock/gmock.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <span>

#include "world.h"

namespace faults {
namespace {

using namespace std::chrono_literals;
using tfcpp::Value;

struct Fault {
  const char* name;
  const char* rule;  // null: the connection is refused
  bool times_out = false;
  bool warm = false;  // the connection has served a request before
};

constexpr Fault kFaults[] = {
    {"refused", nullptr},
    {"reset before acting", R"({"action": "reset_before"})"},
    {"reset after acting", R"({"action": "reset_after"})"},
    {"reset after acting, reused connection", R"({"action": "reset_after", "reused_only": true})", false, true},
    {"closed before acting", R"({"action": "close_before"})"},
    {"closed after acting", R"({"action": "close_after"})"},
    {"closed after acting, reused connection", R"({"action": "close_after", "reused_only": true})", false, true},
    {"429", R"({"action": "status", "status": 429, "error_code": "REQUEST_LIMIT_EXCEEDED"})"},
    {"429, Retry-After 20", R"({"action": "status", "status": 429, "headers": {"Retry-After": "20"}})"},
    {"429, Retry-After 3600", R"({"action": "status", "status": 429, "headers": {"Retry-After": "3600"}})"},
    {"500 before acting", R"({"action": "status", "status": 500})"},
    {"500 after acting", R"({"action": "status_after", "status": 500})"},
    {"500 with a page, after acting", R"({"action": "status_after", "status": 500, "body": "<!doctype html>"})"},
    {"503 before acting", R"({"action": "status", "status": 503, "error_code": "TEMPORARILY_UNAVAILABLE"})"},
    {"503 after acting", R"({"action": "status_after", "status": 503, "error_code": "TEMPORARILY_UNAVAILABLE"})"},
    {"200 with an error, before acting", R"({"action": "status", "status": 200, "error_code": "INTERNAL_ERROR"})"},
    {"200 with an error, after acting", R"({"action": "status_after", "status": 200, "error_code": "INTERNAL_ERROR"})"},
    {"200 that it does not exist, before acting",
     R"({"action": "status", "status": 200, "error_code": "RESOURCE_DOES_NOT_EXIST"})"},
    {"200 with a webhook that cannot be read, after acting",
     R"({"action": "status_after", "status": 200, "body": "{\"webhook\": {\"id\": \"x\"}, \"webhooks\": 7}"})"},
    {"403", R"({"action": "status", "status": 403, "error_code": "PERMISSION_DENIED"})"},
    {"hang before acting", R"({"action": "hang_before"})", true},
    {"hang after acting", R"({"action": "hang_after"})", true},
    {"body cut", R"({"action": "cut_body"})"},
    {"malformed body", R"({"action": "malformed_body"})"},
    {"HTML 200", R"({"action": "html"})"},
    {"JSON of another shape", R"({"action": "other_shape"})"},
    {"empty body", R"({"action": "empty_body"})"},
    {"repeated page token", R"({"action": "repeat_page_token"})"},
    {"repeated page token of a server", R"({"action": "repeat_page_token", "page_token": "eyJvZmZzZXQiOiAwfQ=="})"},
    {"trickle", R"({"action": "trickle", "interval_ms": 30})", true},
};

struct Kind {
  const char* name;
  std::unique_ptr<World> (*make_world)();
  const char* import_prefix;
  std::vector<std::vector<const char*>> secrets;  // their paths
  const char* before;                             // configuration, and what an update makes of it
  const char* after;
  const char* neighbour;
};

const Kind kRegistryKinds[] = {
    {"http",
     MakeRegistryWorld,
     "",
     {{"http_url_spec", "authorization_header"}, {"http_url_spec", "secret"}},
     R"({events: ["COMMENT_CREATED"], description: "before", http_url_spec: {url: "https://example.com/a",
         authorization_header: "canary-header-1", secret: "canary-secret-1"}})",
     R"({events: ["COMMENT_CREATED"], description: "after", http_url_spec: {url: "https://example.com/b",
         authorization_header: "canary-header-1", secret: "canary-secret-2"}})",
     R"({events: ["COMMENT_CREATED"], description: "neighbour", http_url_spec: {url: "https://n"}})"},
    {"job",
     MakeRegistryWorld,
     "m/",
     {{"job_spec", "access_token"}},
     R"({events: ["COMMENT_CREATED"], model_name: "m", job_spec: {job_id: "41", access_token: "canary-token-1"}})",
     R"({events: ["COMMENT_CREATED"], model_name: "m", job_spec: {job_id: "42", access_token: "canary-token-2"}})",
     R"({events: ["COMMENT_CREATED"], description: "neighbour", http_url_spec: {url: "https://n"}})"},
};
const Kind kServerKinds[] = {
    {"server",
     MakeServerWorld,
     "",
     {{"secret"}},
     R"({name: "hook", url: "https://example.com/canary-a", events: ["prompt.created"], description: "before",
         secret: "canary-secret-1"})",
     R"({name: "hook", url: "https://example.com/canary-b", events: ["prompt.created"], description: "after",
         status: "DISABLED", secret: "canary-secret-2"})",
     R"({name: "n", url: "https://n.example.com", events: ["prompt.created"], description: "neighbour"})"},
};

// One row for each operation. `run` is what the fault strikes.
struct Operation {
  const char* name;
  bool starts_with_one;
  const char* Kind::*wanted;  // the configuration that is applied in the end; null: nothing
  bool (*run)(Run&, Instance&, const Value& wanted);
  // Strikes the first request in any case, so that the matrix gets to what follows only then; null: nothing.
  const char* at_first = nullptr;
  // The webhook that is there is not in the state yet: the configuration imports it.
  bool imports = false;
};

bool RunApply(Run& run, Instance& instance, const Value& wanted) { return run.Apply(instance, wanted); }
bool RunRefresh(Run& run, Instance& instance, const Value&) { return run.Refresh(instance); }

constexpr Operation kOperations[] = {
    {"create", false, &Kind::before, RunApply},
    {"update", true, &Kind::after, RunApply},
    {"delete", true, nullptr, RunApply},
    {"refresh", true, &Kind::before, RunRefresh},
    {"import", true, &Kind::before, RunApply, nullptr, true},
    {"create_whose_answer_is_lost", false, &Kind::before, RunApply, R"({"action": "reset_after"})"},
    {"create_whose_request_is_lost", false, &Kind::before, RunApply, R"({"action": "reset_before"})"},
};

// What somebody else made an hour ago, and looks just like ours.
std::vector<There> MakeLookalikes(World& world, const Kind& kind) {
  Run run(world, {});
  for (const char* config : {kind.before, kind.after}) {
    Instance instance{run.Nothing(), ""};
    EXPECT_TRUE(run.Apply(instance, run.Parse(config))) << run.output();
  }
  world.Age();
  return world.webhooks();
}

// All secrets of a configuration or a state, joined.
std::string SecretOf(const Kind& kind, const Value& value) {
  std::string secrets;
  for (const auto& path : kind.secrets) {
    Value secret = value;
    for (const char* name : path) secret = Value(secret.Get(name));
    secrets += secret.AsString();
  }
  return secrets;
}

struct Counts {
  int requests = 0;  // that the fault has struck
  int errors = 0;    // runs that ended with an error; the others healed by themselves
};

class Matrix {
 public:
  Matrix(const Kind& kind, const Operation& operation)
      : kind_(kind), operation_(operation), owned_(kind.make_world()), others_(MakeLookalikes(world_, kind)) {
    Prepare();
    world_.Keep();
  }

  Counts Strike(const Fault& fault) {
    Counts counts;
    constexpr int kMoreThanAnyRunMakes = 20;
    for (int index = operation_.at_first == nullptr ? 0 : 1; index < kMoreThanAnyRunMakes; ++index) {
      SCOPED_TRACE(testing::Message() << operation_.name << " " << kind_.name << ", " << fault.name << " at request "
                                      << index);
      bool failed = false;
      if (!StrikeAt(fault, index, failed)) return counts;
      ++counts.requests;
      counts.errors += failed ? 1 : 0;
      if (testing::Test::HasFailure()) return counts;
    }
    ADD_FAILURE() << "no end of requests";
    return counts;
  }

 private:
  // False: the run makes no request of that index.
  bool StrikeAt(const Fault& fault, int index, bool& failed) {
    world_.Restore();
    Instance instance = instance_, neighbour = neighbour_;

    std::string shown;
    int struck = 0;
    {
      Run run(world_, {.timeout = fault.times_out ? world_.patience() : 60'000ms,
                       .refuse_at = fault.rule == nullptr ? index : -1});
      const Value wanted = Wanted(run);
      if (fault.warm) {
        EXPECT_TRUE(run.Refresh(neighbour)) << run.output();
        run.PassTime();
      }
      if (operation_.at_first != nullptr) world_.Arm(operation_.at_first, 0);
      if (fault.rule != nullptr) world_.Arm(fault.rule, index);
      failed = !operation_.run(run, instance, wanted);
      struck = world_.Disarm() + run.refused();
      shown += run.output();
    }
    if (struck < (operation_.at_first == nullptr ? 1 : 2)) return false;
    Run plain(world_, {});
    const Value wanted = Wanted(plain);
    EXPECT_TRUE(plain.Apply(instance, wanted)) << plain.output() << "after\n" << shown;
    ExpectAgreement(instance, wanted);
    plain.PassTime();
    EXPECT_TRUE(plain.PlanIsEmpty(instance, wanted)) << plain.output() << "after\n" << shown;
    EXPECT_EQ((shown + plain.output()).find("canary"), std::string::npos) << shown;
    return true;
  }

  Value Wanted(const Run& run) const {
    return operation_.wanted == nullptr ? run.Nothing() : run.Parse(kind_.*operation_.wanted);
  }

  // What every strike starts with.
  void Prepare() {
    Run run(world_, {});
    neighbour_.state = instance_.state = run.Nothing();
    EXPECT_TRUE(run.Apply(neighbour_, run.Parse(kind_.neighbour))) << run.output();
    if (operation_.starts_with_one) {
      EXPECT_TRUE(run.Apply(instance_, run.Parse(kind_.before))) << run.output();
    }
    if (operation_.imports) {
      instance_.import_id = kind_.import_prefix + instance_.state.Get("id").AsString();
      instance_.state = run.Nothing();
      instance_.private_data.clear();
    }
  }

  void ExpectAgreement(const Instance& instance, const Value& wanted) {
    const std::vector<There> there = world_.webhooks();
    std::vector<There> ours;
    for (const There& webhook : there) {
      const bool other = std::any_of(others_.begin(), others_.end(), [&](const auto& o) { return o.id == webhook.id; });
      if (!other && webhook.description != "neighbour") ours.push_back(webhook);
    }
    EXPECT_EQ(there.size(), others_.size() + 1 + ours.size());
    EXPECT_EQ(ours.size(), wanted.is_null() ? 0u : 1u);
    EXPECT_EQ(instance.state.is_null(), wanted.is_null());
    if (ours.size() != 1 || instance.state.is_null()) return;
    EXPECT_EQ(instance.state.Get("id").AsString(), ours[0].id);
    EXPECT_EQ(ours[0].secret, SecretOf(kind_, wanted));
    EXPECT_EQ(SecretOf(kind_, instance.state), SecretOf(kind_, wanted));
  }

  const Kind& kind_;
  const Operation& operation_;
  std::unique_ptr<World> owned_;
  World& world_ = *owned_;
  std::vector<There> others_;
  Instance instance_, neighbour_;
};

struct Row {
  const Operation& operation;
  std::span<const Kind> kinds;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.operation.name; }

class FaultMatrixTest : public testing::TestWithParam<Row> {};

TEST_P(FaultMatrixTest, EndsWellAfterOneMoreApply) {
  const auto& [operation, kinds] = GetParam();
  std::map<std::string, std::map<std::string, Counts>> table;
  for (const Kind& kind : kinds) {
    Matrix matrix(kind, operation);
    for (const Fault& fault : kFaults) {
      // After a lost answer there is a new connection.
      if (fault.warm && operation.at_first != nullptr) continue;
      const Counts counts = matrix.Strike(fault);
      EXPECT_GT(counts.requests, 0) << fault.name << " has struck nothing";
      table[fault.name][kind.name] = counts;
    }
  }
  std::cout << std::left << std::setw(42) << operation.name;
  for (const Kind& kind : kinds) std::cout << std::setw(24) << kind.name;
  std::cout << "\n";
  for (const Fault& fault : kFaults) {
    std::cout << std::left << std::setw(42) << fault.name;
    for (const Kind& kind : kinds) {
      const Counts& counts = table[fault.name][kind.name];
      std::cout << std::setw(24)
                << (std::to_string(counts.requests) + " struck, " + std::to_string(counts.errors) + " errors");
    }
    std::cout << "\n";
  }
}

std::vector<Row> Rows(std::span<const Kind> kinds) {
  std::vector<Row> rows;
  for (const Operation& operation : kOperations) rows.push_back({operation, kinds});
  return rows;
}
std::string NameOf(const testing::TestParamInfo<Row>& row) { return row.param.operation.name; }

INSTANTIATE_TEST_SUITE_P(Registry, FaultMatrixTest, testing::ValuesIn(Rows(kRegistryKinds)), NameOf);
INSTANTIATE_TEST_SUITE_P(Server, FaultMatrixTest, testing::ValuesIn(Rows(kServerKinds)), NameOf);

}  // namespace
}  // namespace faults
