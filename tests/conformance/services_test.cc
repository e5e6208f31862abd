// A provider of two services, each of which may be configured, missing, not known yet or wrong: what a type says and
// does depends on its own service alone, and what a service has to say it says once in a run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "pair.h"
#include "provider_client.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/codec/proto_value.h"

namespace conformance {
namespace {

using tfcpp::Concat;
using tfcpp::Type;
using tfcpp::Value;
using Stub = tfplugin6::Provider::Stub;
using Texts = std::vector<std::string>;

struct Told {
  Texts diagnostics;
  std::string host;  // where the call was done, or is planned to be; empty: nowhere
};

struct PairProvider {
  tfcpp::Provider provider = MakePairProvider();
  tfcpp::NullLogger log;
  tfcpp::SystemClock clock;
};

// Makes each kind of call about a type of one side.
class PairClient : private PairProvider, public ProviderClient {
 public:
  PairClient() : ProviderClient(PairProvider::provider, log, clock) {}

  Told Plan(const std::string& side) {
    auto request = Named<tfplugin6::PlanResourceChange_Request>(side);
    *request.mutable_prior_state() = Encode(Null());
    *request.mutable_config() = Encode(Parse(kConfig));
    *request.mutable_proposed_new_state() = Encode(Parse(kConfig));
    const auto response = Call(&Stub::PlanResourceChange, request);
    return {Describe(response.diagnostics()), HostOf(response.planned_state())};
  }
  Told Read(const std::string& side) {
    auto request = Named<tfplugin6::ReadResource_Request>(side);
    *request.mutable_current_state() = Encode(Parse(kState));
    const auto response = Call(&Stub::ReadResource, request);
    EXPECT_EQ(Decode(response.new_state()).Get("id").AsString(), "1") << "a state is never dropped";
    return {Describe(response.diagnostics()), HostOf(response.new_state())};
  }
  Told Apply(const std::string& side) {
    auto request = Named<tfplugin6::ApplyResourceChange_Request>(side);
    *request.mutable_prior_state() = Encode(Null());
    *request.mutable_config() = Encode(Parse(kConfig));
    *request.mutable_planned_state() = Encode(Parse(kPlanned));
    const auto response = Call(&Stub::ApplyResourceChange, request);
    return {Describe(response.diagnostics()), HostOf(response.new_state())};
  }
  Told ReadData(const std::string& side) {
    auto request = Named<tfplugin6::ReadDataSource_Request>(side);
    *request.mutable_config() = Encode(Parse(kConfig));
    const auto response = Call(&Stub::ReadDataSource, request);
    return {Describe(response.diagnostics()), HostOf(response.state())};
  }
  Told Open(const std::string& side) {
    auto request = Named<tfplugin6::OpenEphemeralResource_Request>(side);
    *request.mutable_config() = Encode(Parse(kConfig));
    const auto response = Call(&Stub::OpenEphemeralResource, request);
    return {Describe(response.diagnostics()), HostOf(response.result())};
  }
  Told List(const std::string& side) {
    auto request = Named<tfplugin6::ListResource_Request>(side);
    request.set_limit(1);
    *request.mutable_config() = Empty();
    grpc::ClientContext context;
    const auto reader = stub().ListResource(&context, request);
    Told told;
    for (tfplugin6::ListResource_Event event; reader->Read(&event);) {
      for (const std::string& text : Describe(event.diagnostic())) told.diagnostics.push_back(text);
      if (event.has_identity()) told.host = event.display_name();
    }
    EXPECT_TRUE(reader->Finish().ok());
    return told;
  }
  Told Invoke(const std::string& side) {
    tfplugin6::InvokeAction_Request request;
    request.set_action_type(Concat("pair_", side, "_ring"));
    *request.mutable_config() = Empty();
    grpc::ClientContext context;
    const auto reader = stub().InvokeAction(&context, request);
    Told told;
    for (tfplugin6::InvokeAction_Event event; reader->Read(&event);) {
      if (event.has_progress()) told.host = event.progress().message();
      for (const std::string& text : Describe(event.completed().diagnostics())) told.diagnostics.push_back(text);
    }
    EXPECT_TRUE(reader->Finish().ok());
    return told;
  }
  Told Import(const std::string& side) {
    auto request = Named<tfplugin6::ImportResourceState_Request>(side);
    request.set_id("1");
    const auto response = Call(&Stub::ImportResourceState, request);
    Told told{Describe(response.diagnostics()), ""};
    if (response.imported_resources_size() == 1) told.host = HostOf(response.imported_resources(0).state());
    return told;
  }
  // Id of what a move gives, or its diagnostics.
  std::string Move(const std::string& side) {
    tfplugin6::MoveResourceState_Request request;
    request.set_target_type_name(Concat("pair_", side));
    request.set_source_type_name(Concat("old_", side));
    request.set_source_provider_address("registry.example.com/example/old");
    request.mutable_source_state()->set_json("{}");
    const auto response = Call(&Stub::MoveResourceState, request);
    if (response.diagnostics_size() > 0) return testing::PrintToString(Describe(response.diagnostics()));
    return Decode(response.target_state()).Get("id").AsString();
  }
  std::string Double(int number) {
    tfplugin6::CallFunction_Request request;
    request.set_name("twice");
    *request.add_arguments() = tfcpp::ToProto(Value::Int(number), Type::Number());
    const auto response = Call(&Stub::CallFunction, request);
    return response.has_error() ? response.error().text()
                                : tfcpp::FromProto(response.result(), Type::Number()).value().ToString();
  }

 private:
  static constexpr char kConfig[] = R"({name: "a"})";
  static constexpr char kPlanned[] = R"({id: ?, host: ?, name: "a"})";
  static constexpr char kState[] = R"({id: "1", name: "a"})";

  template <class Request>
  static Request Named(const std::string& side) {
    Request request;
    request.set_type_name(Concat("pair_", side));
    return request;
  }
  Value Null() const { return Value::Null(value_type()); }
  static tfplugin6::DynamicValue Empty() { return tfcpp::ToProto(Value::Object({}), Type::Object({})); }
  std::string HostOf(const tfplugin6::DynamicValue& message) const {
    const Value object = Decode(message);
    return object.is_set() && object.Get("host").is_set() ? object.Get("host").AsString() : "";
  }
};

// Plans and reads get along without the service; the other calls act by it.
enum Kind { kPlan, kRead, kAct };
constexpr struct {
  const char* name;
  Kind kind;
  Told (PairClient::*make)(const std::string& side);
} kCalls[] = {{"plan", kPlan, &PairClient::Plan},     {"read", kRead, &PairClient::Read},
              {"apply", kAct, &PairClient::Apply},    {"data source", kAct, &PairClient::ReadData},
              {"ephemeral", kAct, &PairClient::Open}, {"list", kAct, &PairClient::List},
              {"action", kAct, &PairClient::Invoke},  {"import", kAct, &PairClient::Import}};

#define ENCRYPT "warning: SIDE is not encrypted"
#define MISSING "error: SIDE is not configured"
#define UNKNOWN "error: The provider is not configured"
#define NO_READ "warning: Drift was not looked for"
#define WRONG "error: SIDE is wrong"

// What a service may be. SIDE stands for its name.
constexpr struct State {
  const char* name;
  const char* block;  // its part of the provider block
  bool ready;
  bool has_facts;
  const char* first[3];  // what a call of each kind tells when it is the first about the service
  const char* later[3];  // after calls of other kinds; plans and reads tell something once in all
  int texts;             // how many are told in full, once in a run
} kStates[] = {
    {"configured",
     R"(SIDE_host: "http://SIDE", SIDE_token: "t")",
     true,
     true,
     {ENCRYPT, ENCRYPT, ENCRYPT},
     {"", "", ""},
     1},
    {"missing",
     R"(SIDE_host: "http://SIDE")",
     false,
     true,
     {ENCRYPT ", " MISSING, ENCRYPT ", " MISSING, ENCRYPT ", " MISSING},
     {MISSING, MISSING, MISSING},
     2},
    {"not known yet",
     R"(SIDE_host: ?, SIDE_token: "t")",
     false,
     false,
     {"", NO_READ, UNKNOWN},
     {"", NO_READ, UNKNOWN},
     0},
    {"wrong", R"(SIDE_host: "SIDE", SIDE_token: "t")", false, false, {WRONG, WRONG, WRONG}, {WRONG, WRONG, WRONG}, 1},
};

std::string For(const std::string& side, std::string text) {
  for (std::size_t at = 0; (at = text.find("SIDE", at)) != std::string::npos;) text.replace(at, 4, side);
  return text;
}

// Severities and summaries. Every detail is about this side, none about the other.
std::string Summarise(const Told& told, const std::string& side) {
  const std::string other = side == kSides[0] ? kSides[1] : kSides[0];
  Texts summaries;
  for (const std::string& text : told.diagnostics) {
    EXPECT_NE(text.find(side), std::string::npos) << text;
    EXPECT_EQ(text.find(other), std::string::npos) << text;
    summaries.push_back(text.substr(0, text.find(": ", text.find(": ") + 2)));
  }
  return tfcpp::Join(summaries, ", ");
}

// The calls about one side in one run, with what they have told.
class Caller {
 public:
  Caller(PairClient& client, std::string side, const State& state)
      : client_(client), side_(std::move(side)), state_(state) {}

  void Make(std::size_t index) {
    const auto& call = kCalls[index];
    SCOPED_TRACE(Concat(call.name, " of the ", side_, ", ", state_.name));
    const Told told = (client_.*call.make)(side_);

    const bool is_done = state_.ready || (call.kind == kPlan && state_.has_facts);
    EXPECT_EQ(told.host, is_done ? Concat("http://", side_) : "");

    std::string expected = For(side_, told_any_ ? state_.later[call.kind] : state_.first[call.kind]);
    if (call.kind != kAct && told_by_plan_or_read_) expected.clear();
    EXPECT_EQ(Summarise(told, side_), expected);
    told_any_ |= !expected.empty();
    told_by_plan_or_read_ |= !expected.empty() && call.kind != kAct;
    for (const std::string& text : told.diagnostics) {
      texts_ += text.find(Concat("Set ", side_)) != text.npos || text.find(Concat("Let ", side_)) != text.npos;
    }
  }
  void ExpectEachTextOnce() const { EXPECT_EQ(texts_, state_.texts) << side_ << ", " << state_.name; }
  int texts() const { return texts_; }

 private:
  PairClient& client_;
  std::string side_;
  const State& state_;
  bool told_any_ = false;
  bool told_by_plan_or_read_ = false;
  int texts_ = 0;  // told in full
};

std::string Block(const State& north, const State& south) {
  return Concat("{", For("north", north.block), ", ", For("south", south.block), "}");
}

// Sixteen combinations, the calls of both sides in turn.
TEST(ServicesTest, NeitherDisturbsTheOther) {
  PairClient client;
  for (const State& of_north : kStates) {
    for (const State& of_south : kStates) {
      SCOPED_TRACE(Concat(of_north.name, ", ", of_south.name));
      client.Configure(Block(of_north, of_south));
      Caller north(client, "north", of_north);
      Caller south(client, "south", of_south);
      for (int round = 0; round < 2; ++round) {
        for (std::size_t call = 0; call < std::size(kCalls); ++call) {
          north.Make(call);
          south.Make(call);
        }
      }
      north.ExpectEachTextOnce();
      south.ExpectEachTextOnce();
    }
  }
}

// Whichever call comes first, and whichever after it; the service that no call was about has told nothing meanwhile.
TEST(ServicesTest, AnyCallMayBeTheFirst) {
  PairClient client;
  for (const State& state : kStates) {
    for (std::size_t first = 0; first < std::size(kCalls); ++first) {
      for (std::size_t second = 0; second < std::size(kCalls); ++second) {
        SCOPED_TRACE(Concat(kCalls[first].name, ", then ", kCalls[second].name));
        client.Configure(Block(state, state));
        Caller north(client, "north", state);
        for (const std::size_t call : {first, second, first, second}) north.Make(call);
        Caller(client, "south", state).Make(first);
      }
    }
  }
}

// Of a data source in a `check` block the client may drop the errors, so others tell them once more.
TEST(ServicesTest, WhatADataSourceHasToldIsToldOnceMore) {
  PairClient client;
  constexpr std::size_t kPlanCall = 0, kDataCall = 3, kListCall = 5;
  const State& wrong = kStates[3];
  client.Configure(Block(wrong, wrong));
  Caller caller(client, "north", wrong);
  int texts = 0;
  for (const auto& [index, in_full] : std::vector<std::pair<std::size_t, bool>>{
           {kDataCall, true}, {kDataCall, false}, {kListCall, true}, {kPlanCall, false}, {kDataCall, false}}) {
    caller.Make(index);
    texts += in_full ? 1 : 0;
    EXPECT_EQ(caller.texts(), texts) << kCalls[index].name;
  }
}

// An attribute of one service is nothing to the other; a shared one is to both; without tuning one can do.
TEST(ServicesTest, WhatIsNotKnownYetConcernsWhoNeedsIt) {
  constexpr char kBoth[] = R"(north_host: "https://north", south_host: "https://south", )";
  const struct {
    const char* rest;
    bool north, south;  // ready
  } rows[] = {
      {R"(north_token: "t", south_token: "t")", true, true},
      {R"(north_token: "t", south_token: ?)", true, false},
      {R"(north_token: ?, south_token: "t")", false, true},
      {R"(north_token: ?, south_token: ?)", false, false},
      {R"(north_token: "t", south_token: "t", ca_cert_file: ?)", false, false},
      {R"(north_token: "t", south_token: "t", timeout: ?)", true, true},
  };
  PairClient client;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.rest);
    client.Configure(Concat("{", kBoth, row.rest, "}"));
    EXPECT_EQ(client.ReadData("north").host, row.north ? "https://north" : "");
    EXPECT_EQ(client.ReadData("south").host, row.south ? "https://south" : "");
  }
}

TEST(ServicesTest, FunctionsAndMoversNeedNoConfigure) {
  PairClient client;
  const auto work = [&] {
    EXPECT_EQ(client.Double(21), "42");
    for (const char* side : kSides) EXPECT_EQ(client.Move(side), "moved");
  };
  work();
  for (const State& state : kStates) {
    SCOPED_TRACE(state.name);
    client.Configure(Block(state, state));
    work();
  }
}

}  // namespace
}  // namespace conformance
