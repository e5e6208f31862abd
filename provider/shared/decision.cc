#include "provider/shared/decision.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "provider/shared/addresses.h"
#include "provider/shared/write_only.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"
#include "tfcpp/value/walk.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Json;
using tfcpp::Path;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::crypto::Scrypt;

constexpr std::array<std::pair<SecretAction, std::string_view>, 3> kWords = {
    {{SecretAction::kSend, "send"}, {SecretAction::kRemove, "remove"}, {SecretAction::kOpen, "open"}}};

// A secret in the plan of an update. Nullopt where its object does not stay: then there is no secret to update.
struct Forms {
  Value shown;  // in the configuration
  Value plain;  // in the plan, as its version
  Value version;
  Value prior_version;
};
std::optional<Forms> FormsOf(const SecretRow& row, const Value& config, const Value& prior, const Value& planned) {
  if (!ObjectOf(row, prior).is_set() || ObjectOf(row, planned).is_null()) return std::nullopt;
  return Forms{WriteOnlyOf(row, config), PlainOf(row, planned), VersionOf(row, planned), VersionOf(row, prior)};
}

SecretDecision DecideOne(const SecretRow& row, const Forms& forms, const SecretDigests& digests, Scrypt& scrypt) {
  // The plain form decides: it stands in the plan. Both in one plan are of ignore_changes' making, and an error.
  if (forms.plain.is_set() && forms.shown.is_null()) return {&row, SecretAction::kKeep};
  const bool may_be_plain = !forms.plain.is_known() && forms.shown.may_be_null();
  if (may_be_plain || !forms.version.is_known()) return {&row, SecretAction::kOpen};
  if (forms.version != forms.prior_version) {
    constexpr std::string_view kVersion = "its version changes";
    if (!forms.shown.is_known()) return {&row, SecretAction::kOpen, kVersion};
    // Of an address, null is one that ignore_changes hides: the version is the order to send what is written.
    if (!forms.shown.is_null() || row.is_address) return {&row, SecretAction::kSend, kVersion};
    return {&row, SecretAction::kRemove,
            row.lent ? kVersion : "its version changes without it, so it is removed from the webhook"};
  }
  if (!forms.shown.is_null() && HasDrifted(row, digests)) {
    return {&row, SecretAction::kSend, "the service does not have the one that was last sent"};
  }
  if (!forms.version.is_null() || forms.shown.is_null()) return {&row, SecretAction::kKeep};
  if (!forms.shown.is_known()) return {&row, SecretAction::kOpen};
  if (IsRemembered(row, forms.shown, digests, scrypt)) return {&row, SecretAction::kKeep};
  return {&row, SecretAction::kSend,
          digests.by_name.contains(row.Name()) || digests.addresses.contains(row.Name())
              ? "its value is not the one that was last sent"
              : "it is new in the configuration, or the webhook was imported or moved"};
}

// What is sent of this secret; null: nothing.
Value ValueToSend(const SecretRow& row, const Decision& decision, const Value& config, const Forms& forms) {
  // A plan with the plain form has decided for that.
  const bool none = ActionOn(row, decision) == SecretAction::kRemove || !forms.plain.is_null();
  return none ? Value::Null(Type::String()) : WriteOnlyOf(row, config);
}

// Why it is not decided what becomes of this secret when its object is sent, as the end of a line; empty when it is.
std::string_view WhyUndecided(const SecretRow& row, SecretAction action, const Value& config, const Forms& forms,
                              bool has_secret, const SecretDigests& digests, Scrypt& scrypt) {
  const bool given = forms.shown.is_set();
  if (action == SecretAction::kSend) return given ? "" : "the plan sends it, but the configuration has none any longer";
  if (action == SecretAction::kRemove) {
    return given ? "the plan removes it, but the configuration has one that ignore_changes hides from the plan" : "";
  }
  if (!forms.plain.is_null()) return "";
  if (!given) return has_secret ? "the webhook has one, and the configuration has none" : "";
  const bool same = forms.version.is_null() ? IsRemembered(row, forms.shown, digests, scrypt)
                                            : VersionOf(row, config) == forms.version;
  return same ? "" : "the configuration has a new one that ignore_changes hides from the plan";
}

}  // namespace

Decision Decide(const SecretRows& rows, const Value& config, const Value& prior, const Value& planned,
                const SecretDigests& digests, Scrypt& scrypt) {
  Decision decision;
  for (const SecretRow& row : rows) {
    const auto forms = FormsOf(row, config, prior, planned);
    if (!forms.has_value()) continue;
    const SecretDecision one = DecideOne(row, *forms, digests, scrypt);
    if (one.action != SecretAction::kKeep) decision.push_back(one);
  }
  return decision;
}

SecretAction ActionOn(const SecretRow& row, const Decision& decision) {
  const auto found =
      std::find_if(decision.begin(), decision.end(), [&](const SecretDecision& one) { return one.row == &row; });
  return found == decision.end() ? SecretAction::kKeep : found->action;
}

bool IsSent(const SecretRow& row, const Value& prior, const Value& planned, const Decision& decision) {
  const Path object = row.Object();
  if (object.empty()) {
    const SecretAction action = ActionOn(row, decision);
    return action == SecretAction::kSend || action == SecretAction::kRemove ||
           PlainOf(row, prior) != PlainOf(row, planned);
  }
  if (ObjectOf(row, planned).is_null()) return false;
  return ObjectOf(row, prior) != ObjectOf(row, planned) ||
         std::any_of(decision.begin(), decision.end(), [&](const SecretDecision& one) {
           return one.row->Object() == object && one.action != SecretAction::kOpen;
         });
}

std::vector<Path> ReplacingRemovals(const SecretRow& row, const Value& config, const Value& prior, const Value& planned,
                                    const Decision& decision) {
  std::vector<Path> paths;
  const auto forms = FormsOf(row, config, prior, planned);
  if (row.removal != Removal::kReplacement || !forms.has_value()) return paths;
  if (ActionOn(row, decision) == SecretAction::kRemove) paths.push_back(row.Version());
  if (PlainOf(row, prior).is_set() && forms->plain.is_null() && forms->shown.is_null()) paths.push_back(row.plain);
  return paths;
}

std::string WriteDecision(const Decision& decision) {
  Json::Members members;
  for (const SecretDecision& one : decision) {
    for (const auto& [action, word] : kWords) {
      if (action == one.action) members.emplace_back(one.row->Name(), Json::String(std::string(word)));
    }
  }
  return Json::Object(std::move(members)).Write();
}

Decision ParseDecision(const SecretRows& rows, const std::string& text) {
  Decision decision;
  const auto json = Json::Parse(text);
  if (!json.has_value()) return decision;
  for (const SecretRow& row : rows) {
    const auto found = json->FindString(row.Name());
    for (const auto& [action, word] : kWords) {
      if (found == word) decision.push_back({&row, action});
    }
  }
  return decision;
}

std::vector<std::string> Contradictions(const SecretRows& rows, const Decision& first, const Decision& later) {
  std::vector<std::string> names;
  for (const SecretRow& row : rows) {
    const SecretAction decided = ActionOn(row, first);
    if (decided != SecretAction::kOpen && decided != ActionOn(row, later)) names.push_back(row.Name());
  }
  return names;
}

SecretsToSend SecretsOfUpdate(const SecretRows& rows, const Decision& decision, const Value& config, const Value& prior,
                              const Value& planned, PrivateData remembered, Scrypt& scrypt) {
  SecretsToSend result{.prior = prior, .planned = planned, .remembered = std::move(remembered)};
  std::vector<SentSecret> sent;
  for (const SecretRow& row : rows) {
    const auto forms = FormsOf(row, config, prior, planned);
    if (!forms.has_value() || !IsSent(row, prior, planned, decision)) continue;
    const SecretAction action = ActionOn(row, decision);
    const std::string_view why =
        ReplacingRemovals(row, config, prior, planned, decision).empty()
            ? WhyUndecided(row, action, config, *forms, HasSecret(row, prior, result.remembered),
                           result.remembered.digests, scrypt)
            : "it can be removed by a replacement of the webhook only";
    if (!why.empty()) result.undecided.push_back(Concat(row.Name(), ": ", why));
    const Value value = ValueToSend(row, decision, config, *forms);
    sent.push_back({&row, value});
    if (!value.is_null()) result.planned = tfcpp::Replace(result.planned, row.plain, value);
    // "" differs from every secret, and a service that merges is told "" for one that is removed.
    const bool changes = action == SecretAction::kSend || action == SecretAction::kRemove;
    if (changes) result.prior = tfcpp::Replace(result.prior, row.plain, Value::String(""));
  }
  if (!sent.empty() && result.undecided.empty()) {
    result.remembered = Remember(rows, sent, planned, result.remembered, scrypt);
  }
  return result;
}

SecretsToSend SecretsOfUpdate(const SecretRows& rows, const tfcpp::UpdateRequest& request, Scrypt& scrypt) {
  PrivateData remembered = ParsePrivateData(request.private_data);
  const Decision decision = request.decision.empty() ? Decide(rows, request.config, request.prior, request.planned,
                                                              remembered.digests, scrypt)
                                                     : ParseDecision(rows, request.decision);
  return SecretsOfUpdate(rows, decision, request.config, request.prior, request.planned, std::move(remembered), scrypt);
}

SecretsToSend SecretsOfCreate(const SecretRows& rows, const Value& config, const Value& planned, Scrypt& scrypt) {
  SecretsToSend result{.prior = Value::Null(planned.type()), .planned = planned, .remembered = {}};
  std::vector<SentSecret> sent;
  for (const SecretRow& row : rows) {
    if (!ObjectOf(row, planned).is_set()) continue;
    const Value value = WriteOnlyOf(row, config);
    sent.push_back({&row, value});
    if (!value.is_null()) result.planned = tfcpp::Replace(result.planned, row.plain, value);
  }
  result.remembered = Remember(rows, sent, planned, {}, scrypt);
  return result;
}

}  // namespace mlflow
