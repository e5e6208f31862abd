#include "thing_lease.h"

#include <chrono>
#include <stdexcept>
#include <string>

#include "tfcpp/schema/validators.h"

namespace conformance {
namespace {

using tfcpp::Context;
using tfcpp::Diagnostics;
using tfcpp::Mode;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;

class LeaseResource final : public tfcpp::EphemeralResource {
 public:
  explicit LeaseResource(ThingStore& store) : store_(store) {}
  tfcpp::OpenOutcome Open(const Context&, const Value& config) override {
    const std::string& name = config.Get("name").AsString();
    tfcpp::OpenOutcome outcome;
    if (name == kNameFails) {
      outcome.diagnostics.AddError("Refused", "The service lends nothing.", Path("name"));
      return outcome;
    }
    ++store_.lent;
    outcome.lease = {.renew_at = kBegin, .private_data = name};
    if (name == kNameWaits) return outcome;
    outcome.result = config.With("token", name == kNameForgets ? Value::Unknown(Type::String()) : Value::String("t"));
    if (name == kNameLies) outcome.result = outcome.result->With("name", Value::String("other"));
    if (name == kNameDisobeys) outcome.result = Value::Object({{"name", config.Get("name")}});
    return outcome;
  }
  tfcpp::RenewOutcome Renew(const Context&, std::string private_data) override {
    tfcpp::RenewOutcome outcome;
    if (private_data == kNameHalfDone) outcome.diagnostics.AddError("Lost", "The service lends it no longer.");
    outcome.lease = {.renew_at = kBegin + std::chrono::minutes(10), .private_data = private_data + "+"};
    return outcome;
  }
  Diagnostics Close(const Context& context, const std::string& private_data) override {
    Diagnostics diagnostics;
    if (context.stop.stop_requested() && !context.finishing) throw std::logic_error("nothing can be given back");
    if (private_data.empty()) diagnostics.AddError("Unknown lease", "There is nothing to give back.");
    --store_.lent;
    return diagnostics;
  }

 private:
  static constexpr tfcpp::Clock::WallTime kBegin{std::chrono::milliseconds(1'500)};
  ThingStore& store_;
};

}  // namespace

tfcpp::EphemeralType LeaseType() {
  return {
      .name = "test_lease",
      .schema = {
          .attributes = {
              {.name = "name", .type = Type::String(), .mode = Mode::kRequired, .validators = {tfcpp::SizeAtLeast(1)}},
              {.name = "token", .type = Type::String(), .mode = Mode::kComputed}}}};
}

std::unique_ptr<tfcpp::EphemeralResource> MakeLeases(ThingStore& store) {
  return std::make_unique<LeaseResource>(store);
}

}  // namespace conformance
