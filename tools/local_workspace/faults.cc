#include "faults.h"

#include <array>
#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"

namespace workspace {
namespace {

using tfcpp::Json;

constexpr std::array<std::pair<std::string_view, FaultAction>, 17> kActions = {{
    {"status", FaultAction::kStatus},
    {"status_after", FaultAction::kStatusAfter},
    {"reset_before", FaultAction::kResetBefore},
    {"reset_after", FaultAction::kResetAfter},
    {"close_before", FaultAction::kCloseBefore},
    {"close_after", FaultAction::kCloseAfter},
    {"hang_before", FaultAction::kHangBefore},
    {"hang_after", FaultAction::kHangAfter},
    {"trickle", FaultAction::kTrickle},
    {"cut_body", FaultAction::kCutBody},
    {"malformed_body", FaultAction::kMalformedBody},
    {"empty_body", FaultAction::kEmptyBody},
    {"html", FaultAction::kHtml},
    {"other_shape", FaultAction::kOtherShape},
    {"repeat_page_token", FaultAction::kRepeatToken},
    {"delay", FaultAction::kDelay},
    {"request_headers", FaultAction::kRequestHeaders},
}};

std::int64_t Number(const Json& json, std::string_view name, std::int64_t otherwise) {
  const Json* member = json.Find(name);
  return member == nullptr ? otherwise : member->AsInt64().value_or(otherwise);
}

std::string ErrorBody(const Json& json) {
  if (auto body = json.FindString("body")) return *body;
  return Json::Object({{"error_code", Json::String(json.FindString("error_code").value_or("INTERNAL_ERROR"))},
                       {"message", Json::String(json.FindString("message").value_or("A fault was asked for."))}})
      .Write();
}

}  // namespace

tfcpp::Result<FaultRule> FaultRuleFromJson(const Json& json) {
  FaultRule rule;
  rule.fault.name = json.FindString("action").value_or("");
  bool known = false;
  for (const auto& [name, action] : kActions) {
    if (name != rule.fault.name) continue;
    rule.fault.action = action;
    known = true;
  }
  if (!known) {
    return tfcpp::Error{.code = tfcpp::ErrorCode::kInvalidArgument,
                        .message = tfcpp::Concat("unknown action \"", rule.fault.name, "\"")};
  }
  rule.method = json.FindString("method").value_or("");
  rule.operation = json.FindString("operation").value_or("");
  rule.nth = Number(json, "nth", 1);
  rule.times = Number(json, "times", 1);
  const Json* reused = json.Find("reused_only");
  rule.reused_only = reused != nullptr && reused->is_bool() && reused->boolean();
  rule.fault.status = static_cast<int>(Number(json, "status", 500));
  rule.fault.interval_ms = static_cast<int>(Number(json, "interval_ms", 1000));
  rule.fault.body = ErrorBody(json);
  if (auto token = json.FindString("page_token")) rule.fault.page_token = *std::move(token);
  if (const Json* headers = json.Find("headers"); headers != nullptr && headers->is_object()) {
    for (const auto& [name, value] : headers->members()) {
      if (value.is_string()) rule.fault.headers += tfcpp::Concat(name, ": ", value.string(), "\r\n");
    }
  }
  return rule;
}

void FaultBook::Add(FaultRule rule) {
  const std::lock_guard lock(mutex_);
  rules_.push_back(std::move(rule));
}

void FaultBook::Clear() {
  const std::lock_guard lock(mutex_);
  rules_.clear();
}

std::optional<Fault> FaultBook::Next(const std::string& method, const std::string& path, bool reused_connection) {
  const std::lock_guard lock(mutex_);
  const std::string operation = path.substr(path.rfind('/') + 1);
  std::optional<Fault> fault;
  for (FaultRule& rule : rules_) {
    if (!rule.method.empty() && rule.method != method) continue;
    if (!rule.operation.empty() && rule.operation != operation) continue;
    if (rule.reused_only && !reused_connection) continue;
    ++rule.seen;
    if (!fault.has_value() && rule.seen >= rule.nth && rule.seen < rule.nth + rule.times) fault = rule.fault;
  }
  return fault;
}

}  // namespace workspace
