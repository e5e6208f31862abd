// What Terraform does with one resource, for the tests of what docs/framework shows: values as text.
#pragma once

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <string_view>

#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/framework/read.h"
#include "tfcpp/value/parse.h"

namespace framework_docs {

inline tfcpp::Value Parse(std::string_view text, const tfcpp::Schema& schema) {
  return tfcpp::ParseValue(text, schema.ImpliedType()).value();
}

class Life {
 public:
  Life(const tfcpp::ResourceType& type, tfcpp::Resource& resource) : type_(type), resource_(resource) {}

  const tfcpp::Plan& Plan(std::string_view config, const tfcpp::Facts& facts = {}) {
    config_ = Parse(config, type_.schema);
    plan_ = tfcpp::PlanResource(
        type_,
        {.config = config_, .prior = state_, .proposed = Proposed(), .private_data = private_data_, .facts = facts});
    return plan_;
  }
  void Apply() {
    Take(tfcpp::ApplyResource(context_, type_, resource_,
                              {config_, state_, plan_.planned, plan_.private_data, plan_.decision}));
  }
  void Destroy() {
    const tfcpp::Value null = tfcpp::Value::Null(type_.schema.ImpliedType());
    Take(tfcpp::ApplyResource(context_, type_, resource_, {null, state_, null, private_data_}));
  }
  void Read() { Take(tfcpp::ReadResource(context_, type_, resource_, {state_, private_data_})); }

  const tfcpp::Value& state() const { return state_; }
  const std::string& private_data() const { return private_data_; }
  const tfcpp::Diagnostics& diagnostics() const { return diagnostics_; }
  const tfcpp::Context& context() const { return context_; }

 private:
  // As Terraform makes it of attributes that are not nested.
  tfcpp::Value Proposed() const {
    tfcpp::Value proposed = config_;
    if (state_.is_null()) return proposed;
    for (const tfcpp::Attribute& attribute : type_.schema.attributes) {
      if (attribute.computed() && config_.Get(attribute.name).is_null()) {
        proposed = proposed.With(attribute.name, state_.Get(attribute.name));
      }
    }
    return proposed;
  }
  void Take(tfcpp::ResourceOutput output) {
    state_ = output.state;
    private_data_ = output.private_data;
    diagnostics_ = output.diagnostics;
  }

  const tfcpp::ResourceType& type_;
  tfcpp::Resource& resource_;
  tfcpp::NullLogger log_;
  std::stop_source never_;
  tfcpp::Context context_{.stop = never_.get_token(), .log = log_};
  tfcpp::Value config_, state_ = tfcpp::Value::Null(type_.schema.ImpliedType());
  tfcpp::Plan plan_;
  std::string private_data_;
  tfcpp::Diagnostics diagnostics_;
};

}  // namespace framework_docs
