#include "stub_provider.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "framework/resource.h"
#include "schema/plan_modifiers.h"

namespace stub {
namespace {

using tfcpp::Context;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;

constexpr char kJobTypeName[] = "databricks_job";

// Digits, like the ids of the real service, and the same in every run: FNV-1a of the name.
std::string JobId(std::string_view name) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211u;
  }
  return std::to_string(hash % 1'000'000'000'000'000u);
}

class JobResource final : public tfcpp::Resource {
 public:
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    const Value& name = request.planned.Get("name");
    return {.state = request.planned.With("id", Value::String(JobId(name.is_null() ? "" : name.AsString()))),
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
};

tfcpp::ResourceType JobType() {
  return {.name = kJobTypeName,
          .schema = {.attributes = {{.name = "id",
                                     .type = Type::String(),
                                     .mode = Mode::kComputed,
                                     .plan_modifiers = {tfcpp::UseStateForUnknown()}},
                                    {.name = "name", .type = Type::String(), .mode = Mode::kOptional}}}};
}

}  // namespace

tfcpp::Provider MakeProvider() {
  return {.type_name = "databricks",
          .version = "0.0.0",
          .schema = {.attributes = {{.name = "host", .type = Type::String()},
                                    {.name = "token", .type = Type::String(), .sensitive = true}}},
          .resources = {JobType()},
          .configure = [](const Context&, const tfcpp::ConfigureRequest&) {
            auto session = std::make_shared<tfcpp::Session>();
            session->resources.emplace(kJobTypeName, std::make_unique<JobResource>());
            tfcpp::Configured configured;
            configured.session = std::move(session);
            return configured;
          }};
}

}  // namespace stub
