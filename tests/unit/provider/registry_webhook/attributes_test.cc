// All that an attribute must appear in, for every attribute (attributes.h): state, requests, answers, drift, data
// sources, the list, and the local workspace that stands for the service. Lost creates: appearance_test.cc.
#include "unit/provider/registry_webhook/attributes.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "provider/registry_webhook/data_sources.h"
#include "provider/registry_webhook/list.h"
#include "tfcpp/framework/read.h"
#include "unit/provider/registry_webhook/life.h"

namespace mlflow {
namespace {

using tfcpp::Value;

void Collect(const std::vector<tfcpp::Attribute>& attributes, const std::string& prefix,
             std::map<std::string, const tfcpp::Attribute*>& found) {
  for (const tfcpp::Attribute& attribute : attributes) {
    found.emplace(prefix + attribute.name, &attribute);
    if (const auto* nested = attribute.nested()) Collect(nested->attributes, prefix + attribute.name + ".", found);
  }
}

TEST(AttributesTest, EachHasARow) {
  std::map<std::string, const tfcpp::Attribute*> attributes;
  Collect(WebhookSchema().attributes, "", attributes);
  for (const auto& [path, row] : Rows()) EXPECT_TRUE(attributes.contains(path)) << path << " is no attribute";
  for (const auto& [path, attribute] : attributes) {
    const auto row = Rows().find(path);
    ASSERT_NE(row, Rows().end()) << path << " has no row: what does the service show of it?";
    const bool can_vary = attribute->mode != tfcpp::Mode::kComputed && attribute->nested() == nullptr &&
                          !attribute->write_only && attribute->deprecation.empty() && path != "registry_webhook";
    EXPECT_EQ(row->second.plan != nullptr, can_vary) << path;
  }
}

// Two webhooks that differ in one attribute.
class AttributeTest : public Life {
 protected:
  struct Pair {
    const std::string& path;
    const AttributeRow& row;
    Value one;
    Value other;
    bool is_shown() const { return row.shows == Shows::kAsItIs; }
  };
  static std::vector<Pair> Pairs() {
    std::vector<Pair> pairs;
    for (const auto& [path, row] : Rows()) {
      if (row.plan != nullptr) pairs.push_back({path, row, Config(row.plan), WithOther(row.plan, path, row.other)});
    }
    return pairs;
  }

  static Value At(const Value& state, const std::string& path) { return tfcpp::At(state, PathOf(path)).value(); }
  static Value WithoutWhatTheServiceMakes(Value told) {
    for (const char* name : {"id", "created_at", "updated_at"}) told = told.With(name, Value());
    return told;
  }

  Value Data() {
    clock_.Advance(std::chrono::seconds(11));  // a listing is shared for 10 s
    const tfcpp::DataSourceType type = WebhooksDataType();
    const auto read = service_->data_sources.at(type.name)->Read(context_, tfcpp::V("{}", type.schema.ImpliedType()));
    return WithoutWhatTheServiceMakes(read.state->Get("webhooks").Elements().at(0));
  }
  Value Listed() {
    std::optional<Value> state;
    service_->lists.at(kWebhookTypeName)
        ->List(context_, {.config = tfcpp::V("{}", WebhookListType().schema.ImpliedType()), .include_state = true},
               [&](const tfcpp::ListedResource& listed) { return (state = listed.state).has_value(); });
    return WithoutWhatTheServiceMakes(state.value());
  }
  Value Refreshed() {
    clock_.Advance(std::chrono::seconds(11));
    const auto read =
        tfcpp::ReadResource(context_, Webhook(), *service_->resources.at(kWebhookTypeName), {state_, private_});
    EXPECT_TRUE(read.diagnostics.empty()) << Summaries(read.diagnostics);
    return read.state;
  }
  // What the service has, secrets too.
  std::string Stored() {
    workspace::Webhook webhook = space_.webhooks().at(0);
    webhook.id = "";
    webhook.creation_timestamp = webhook.last_updated_timestamp = 0;
    return workspace::ToJson(webhook, {.secrets = workspace::Secrets::kPlain}).Write();
  }
};

TEST_F(AttributeTest, IsSentAndKept) {
  for (const Pair& pair : Pairs()) {
    SCOPED_TRACE(pair.path);
    std::map<std::string, std::string> requests;
    for (const Value& config : {pair.one, pair.other}) {
      Begin(config);
      requests[body_] = Stored();
      EXPECT_EQ(At(state_, pair.path), At(config, pair.path));
      Plan(config);
      EXPECT_FALSE(Changes()) << Told();
    }
    const bool is_ours = WebhookSchema().Find(PathOf(pair.path))->unreturned;
    EXPECT_EQ(requests.size(), is_ours ? 1U : 2U) << "the request has no place for it";
    EXPECT_EQ(requests.begin()->second == requests.rbegin()->second, is_ours) << "the local workspace ignores it";
  }
}

TEST_F(AttributeTest, IsTold) {
  for (const Pair& pair : Pairs()) {
    SCOPED_TRACE(pair.path);
    Begin(pair.one);
    const Value data = Data();
    const Value listed = Listed();
    Begin(pair.other);
    EXPECT_EQ(Data() != data, pair.is_shown());
    EXPECT_EQ(Listed() != listed, pair.is_shown());
    if (!pair.is_shown()) continue;
    EXPECT_EQ(At(Data(), pair.path), At(pair.other, pair.path));
    EXPECT_EQ(At(Listed(), pair.path), At(pair.other, pair.path));
  }
}

TEST_F(AttributeTest, IsSeenWhenSomebodyElseChangesIt) {
  for (const Pair& pair : Pairs()) {
    SCOPED_TRACE(pair.path);
    Begin(pair.other);
    workspace::Webhook theirs = space_.webhooks().at(0);
    Begin(pair.one);
    theirs.id = space_.webhooks().at(0).id;
    if (pair.path == "model_name") continue;  // a model that is renamed: renamed_test.py
    space_.Put(theirs);
    EXPECT_EQ(At(Refreshed(), pair.path), At(pair.is_shown() ? pair.other : pair.one, pair.path));
  }
}

TEST_F(AttributeTest, IsChanged) {
  for (const Pair& pair : Pairs()) {
    for (const auto& [from, to] : {std::pair(pair.one, pair.other), std::pair(pair.other, pair.one)}) {
      SCOPED_TRACE(pair.path + " to " + At(to, pair.path).ToString());
      Begin(to);
      const std::string wanted = Stored();
      Begin(from);
      Plan(to);
      EXPECT_TRUE(Changes());
      if (!plan_.requires_replace.empty()) continue;
      const auto output = Apply(to);
      EXPECT_TRUE(output.diagnostics.empty()) << Summaries(output.diagnostics);
      EXPECT_NE(body_, "");
      EXPECT_EQ(Stored(), wanted);
      EXPECT_EQ(At(state_, pair.path), At(to, pair.path));
      Plan(to);
      EXPECT_FALSE(Changes()) << Told();
    }
  }
}

}  // namespace
}  // namespace mlflow
