#include "stub_provider.h"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/plan_modifiers.h"

namespace stub {
namespace {

using tfcpp::Context;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kJobTypeName[] = "databricks_job";
constexpr char kTokenTypeName[] = "databricks_token";
constexpr char kWebhookTypeName[] = "databricks_mlflow_webhook";

// Digits, like the ids of the real service, and the same in every run: FNV-1a of the name.
std::string DigitsOf(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211u;
  }
  return std::to_string(hash % 1'000'000'000'000'000u);
}

// Lives in the state only. The attribute `named_by` decides the id.
class StateOnlyResource final : public tfcpp::Resource {
 public:
  explicit StateOnlyResource(std::string named_by) : named_by_(std::move(named_by)) {}

  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    const Value& name = request.planned.Get(named_by_);
    return {.state = request.planned.With("id", Value::String(DigitsOf(name.is_null() ? "" : name.AsString()))),
            .private_data = {},
            .diagnostics = {}};
  }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    return {.state = request.state, .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    return {.state = request.planned, .private_data = request.private_data, .diagnostics = {}};
  }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest&) override { return {}; }

 private:
  std::string named_by_;
};

class LentToken final : public tfcpp::EphemeralResource {
 public:
  tfcpp::OpenOutcome Open(const Context&, const Value& config) override {
    const std::string& diary = config.Get("diary").AsString();
    Note(diary, "opened");
    return {.result = config.With("value", config.Get("lent")),
            .lease = {.renew_at = std::chrono::system_clock::now(), .private_data = diary}};
  }
  tfcpp::RenewOutcome Renew(const Context&, std::string diary) override {
    Note(diary, "renewed");
    return {.lease = {.private_data = std::move(diary)}};
  }
  tfcpp::Diagnostics Close(const Context&, const std::string& diary) override {
    Note(diary, "closed");
    return {};
  }

 private:
  static void Note(const std::string& diary, std::string_view line) {
    std::ofstream(diary, std::ios::app) << line << "\n";
  }
};

tfcpp::EphemeralType TokenType() {
  return {.name = kTokenTypeName,
          .schema = {.attributes = {{.name = "diary", .type = Type::String(), .mode = Mode::kRequired},
                                    {.name = "lent", .type = Type::String(), .mode = Mode::kRequired},
                                    {.name = "value", .type = Type::String(), .mode = Mode::kComputed}}}};
}

tfcpp::Attribute Id() {
  return {
      .name = "id", .type = Type::String(), .mode = Mode::kComputed, .plan_modifiers = {tfcpp::UseStateForUnknown()}};
}

tfcpp::Block OneBlock(std::string name, std::vector<tfcpp::Attribute> attributes) {
  return {
      .name = std::move(name), .nesting = tfcpp::Nesting::kList, .attributes = std::move(attributes), .max_items = 1};
}

tfcpp::ResourceType JobType() {
  return {.name = kJobTypeName,
          .schema = {.attributes = {Id(), {.name = "name", .type = Type::String(), .mode = Mode::kOptional}}}};
}

// The form of schema version 0 of the vendor's resource: its targets are blocks, which the state holds as lists.
tfcpp::ResourceType WebhookType() {
  return {
      .name = kWebhookTypeName,
      .schema = {
          .version = 0,
          .attributes = {Id(),
                         {.name = "events", .type = Type::List(Type::String()), .mode = Mode::kRequired},
                         {.name = "model_name", .type = Type::String()},
                         {.name = "description", .type = Type::String()},
                         {.name = "status", .type = Type::String()}},
          .blocks = {OneBlock("http_url_spec", {{.name = "url", .type = Type::String(), .mode = Mode::kRequired},
                                                {.name = "enable_ssl_verification", .type = Type::Bool()},
                                                {.name = "authorization", .type = Type::String(), .sensitive = true},
                                                {.name = "secret", .type = Type::String(), .sensitive = true}}),
                     OneBlock("job_spec", {{.name = "access_token", .type = Type::String(), .sensitive = true},
                                           {.name = "job_id", .type = Type::String(), .mode = Mode::kRequired},
                                           {.name = "workspace_url", .type = Type::String()}})}}};
}

}  // namespace

tfcpp::Provider MakeProvider() {
  return {.type_name = "databricks",
          .version = "0.0.0",
          .address = kProviderAddress,
          .schema = {.attributes = {{.name = "host", .type = Type::String()},
                                    {.name = "token", .type = Type::String(), .sensitive = true}}},
          .resources = {JobType(), WebhookType()},
          .ephemerals = {TokenType()},
          .configure = [](const Context&, const tfcpp::ConfigureRequest&) {
            tfcpp::Service nothing{.name = "nothing"};
            for (const auto& [type, named_by] : {std::pair(kJobTypeName, "name"), {kWebhookTypeName, "description"}}) {
              nothing.Bind(&tfcpp::Service::resources, type,
                           [named_by = named_by] { return std::make_unique<StateOnlyResource>(named_by); });
            }
            nothing.Bind(&tfcpp::Service::ephemerals, kTokenTypeName, [] { return std::make_unique<LentToken>(); });
            return nothing;
          }};
}

}  // namespace stub
