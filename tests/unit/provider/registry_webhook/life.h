// The life of one webhook as Terraform leads it, over the whole provider in process: plans, and applies of the last
// plan.
#pragma once

#include <string>
#include <string_view>

#include "provider/registry_webhook/facts.h"
#include "tfcpp/framework/apply.h"
#include "tfcpp/framework/plan.h"
#include "tfcpp/json/json.h"
#include "unit/provider/registry_webhook/cases.h"
#include "unit/provider/registry_webhook/in_process.h"

namespace mlflow {

inline const tfcpp::Facts kPat = ToFacts({.workspace = kHost, .token = TokenToLend::kOwn, .ways_to_sign_in = "pat"});
inline const tfcpp::Facts kOAuth =
    ToFacts({.workspace = kHost, .token = TokenToLend::kNone, .ways_to_sign_in = "oauth-m2m"});

class Life : public InProcess {
 protected:
  Life() {
    intercept_ = [this](const tfcpp::rest::HttpRequest& request) {
      if (request.effect != tfcpp::rest::Effect::kNone) body_ = request.body;
      return std::nullopt;
    };
  }

  // A plan of what Terraform shows: the configuration, with the state's values where ignore_changes says so.
  const tfcpp::Plan& Plan(const tfcpp::Value& shown, const std::string& first_decision = "") {
    plan_ = tfcpp::PlanResource(Webhook(), {shown, state_, Proposed(shown, state_), private_, facts_, first_decision});
    return plan_;
  }
  bool Changes() const { return plan_.planned != state_; }
  std::string Said() const { return Summaries(plan_.diagnostics); }
  std::string Told() const {
    std::string text;
    for (const auto& item : plan_.diagnostics.items()) text += item.summary + ": " + item.detail + "\n";
    return text;
  }

  // Applies the last plan; `written` is the configuration without ignore_changes. What it gives is what is stored.
  tfcpp::ResourceOutput Apply(const tfcpp::Value& written) {
    body_.clear();
    tfcpp::ResourceOutput output = tfcpp::ApplyResource(context_, Webhook(), *service_->resources.at(kWebhookTypeName),
                                                        {written, state_, plan_.planned, private_, plan_.decision});
    state_ = output.state;
    private_ = output.private_data;
    return output;
  }
  tfcpp::ResourceOutput PlanAndApply(const tfcpp::Value& config) {
    Plan(config);
    return Apply(config);
  }
  // A new life, which begins with this configuration.
  void Begin(const tfcpp::Value& config) {
    space_.set_webhooks({});
    state_ = NoState();
    private_.clear();
    const tfcpp::ResourceOutput output = PlanAndApply(config);
    ASSERT_FALSE(output.diagnostics.has_error()) << Summaries(output.diagnostics);
  }

  // A member of the target in the body of the last write: "-": no call, or not the target; "none": not in it.
  std::string Sent(std::string_view spec, std::string_view member) const {
    if (body_.empty()) return "-";
    const auto body = tfcpp::Json::Parse(body_);
    const tfcpp::Json* target = body->Find(spec);
    return target == nullptr ? "-" : target->FindString(member).value_or("none");
  }

  tfcpp::Facts facts_ = kPat;
  tfcpp::Value state_ = NoState();
  std::string private_;
  tfcpp::Plan plan_;
  std::string body_;  // of the last create or update
};

}  // namespace mlflow
