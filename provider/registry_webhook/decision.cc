#include "provider/registry_webhook/decision.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "json/json.h"

namespace mlflow {
namespace {

using tfcpp::Concat;
using tfcpp::Json;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::crypto::Scrypt;

constexpr std::array<std::pair<SecretAction, std::string_view>, 3> kWords = {
    {{SecretAction::kSend, "send"}, {SecretAction::kRemove, "remove"}, {SecretAction::kOpen, "open"}}};

// A secret in the plan of an update. Nullopt for a target that does not stay: then there is no secret to update.
struct Forms {
  Value shown;  // in the configuration
  Value plain;
  Value version;
  Value prior_version;
};
std::optional<Forms> FormsOf(const WriteOnlySecret& secret, const Value& config, const Value& prior,
                             const Value& planned) {
  const Value& before = prior.Get(secret.spec);
  const Value& after = planned.Get(secret.spec);
  if (!before.is_set() || after.is_null()) return std::nullopt;
  return Forms{ConfiguredSecret(secret, config), MemberOf(after, secret.plain, Type::String()),
               MemberOf(after, secret.version, Type::Number()), before.Get(secret.version)};
}

SecretDecision DecideOne(const WriteOnlySecret& secret, const Forms& forms, const SecretDigests& digests,
                         Scrypt& scrypt) {
  // The plain form decides: it stands in the plan. Both in one plan are of ignore_changes' making, and an error.
  if (forms.plain.is_set() && forms.shown.is_null()) return {&secret, SecretAction::kKeep};
  const bool may_be_plain = !forms.plain.is_known() && forms.shown.may_be_null();
  if (may_be_plain || !forms.version.is_known()) return {&secret, SecretAction::kOpen};
  if (forms.version != forms.prior_version) {
    constexpr std::string_view kVersion = "its version changes";
    if (!forms.shown.is_known()) return {&secret, SecretAction::kOpen, kVersion};
    if (!forms.shown.is_null()) return {&secret, SecretAction::kSend, kVersion};
    return {&secret, SecretAction::kRemove,
            secret.lent ? kVersion : "its version changes without it, so it is removed from the webhook"};
  }
  if (!forms.version.is_null() || forms.shown.is_null()) return {&secret, SecretAction::kKeep};
  if (!forms.shown.is_known()) return {&secret, SecretAction::kOpen};
  if (IsRemembered(secret, forms.shown, digests, scrypt)) return {&secret, SecretAction::kKeep};
  return {&secret, SecretAction::kSend,
          digests.by_name.count(secret.Name()) > 0
              ? "its value is not the one that was last sent"
              : "it is new in the configuration, or the webhook was imported or moved"};
}

// What goes with the target of this secret, which is sent; null: nothing.
Value ValueToSend(const WriteOnlySecret& secret, const Decision& decision, const Value& config, const Forms& forms) {
  // A plan with the plain form has decided for that.
  const bool none = ActionOn(secret, decision) == SecretAction::kRemove || !forms.plain.is_null();
  return none ? Value::Null(Type::String()) : ConfiguredSecret(secret, config);
}

// Why it is not decided what becomes of this secret when its target is sent, as the end of a line; empty when it is.
std::string_view WhyUndecided(const WriteOnlySecret& secret, SecretAction action, const Value& config,
                              const Forms& forms, bool has_secret, const SecretDigests& digests, Scrypt& scrypt) {
  const bool given = forms.shown.is_set();
  if (action == SecretAction::kSend) return given ? "" : "the plan sends it, but the configuration has none any longer";
  if (action == SecretAction::kRemove) {
    return given ? "the plan removes it, but the configuration has one that ignore_changes hides from the plan" : "";
  }
  if (!forms.plain.is_null()) return "";
  if (!given) return has_secret ? "the webhook has one, and the configuration has none" : "";
  const Value version = MemberOf(config.Get(secret.spec), secret.version, Type::Number());
  const bool same =
      forms.version.is_null() ? IsRemembered(secret, forms.shown, digests, scrypt) : version == forms.version;
  return same ? "" : "the configuration has a new one that ignore_changes hides from the plan";
}

Value WithPlain(const Value& object, const WriteOnlySecret& secret, Value value) {
  return object.With(secret.spec, object.Get(secret.spec).With(secret.plain, std::move(value)));
}

}  // namespace

Decision Decide(const Value& config, const Value& prior, const Value& planned, const SecretDigests& digests,
                Scrypt& scrypt) {
  Decision decision;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const auto forms = FormsOf(secret, config, prior, planned);
    if (!forms.has_value()) continue;
    const SecretDecision one = DecideOne(secret, *forms, digests, scrypt);
    if (one.action != SecretAction::kKeep) decision.push_back(one);
  }
  return decision;
}

SecretAction ActionOn(const WriteOnlySecret& secret, const Decision& decision) {
  const auto found =
      std::find_if(decision.begin(), decision.end(), [&](const SecretDecision& one) { return one.secret == &secret; });
  return found == decision.end() ? SecretAction::kKeep : found->action;
}

bool IsTargetSent(std::string_view spec, const Value& prior, const Value& planned, const Decision& decision) {
  if (planned.Get(spec).is_null()) return false;
  return prior.Get(spec) != planned.Get(spec) ||
         std::any_of(decision.begin(), decision.end(), [&](const SecretDecision& one) {
           return one.secret->spec == spec && one.action != SecretAction::kOpen;
         });
}

std::string WriteDecision(const Decision& decision) {
  Json::Members members;
  for (const SecretDecision& one : decision) {
    for (const auto& [action, word] : kWords) {
      if (action == one.action) members.emplace_back(one.secret->Name(), Json::String(std::string(word)));
    }
  }
  return Json::Object(std::move(members)).Write();
}

Decision ParseDecision(const std::string& text) {
  Decision decision;
  const auto json = Json::Parse(text);
  if (!json.has_value()) return decision;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const auto found = json->FindString(secret.Name());
    for (const auto& [action, word] : kWords) {
      if (found == word) decision.push_back({&secret, action});
    }
  }
  return decision;
}

std::vector<std::string> Contradictions(const Decision& first, const Decision& later) {
  std::vector<std::string> names;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const SecretAction decided = ActionOn(secret, first);
    if (decided != SecretAction::kOpen && decided != ActionOn(secret, later)) names.push_back(secret.Name());
  }
  return names;
}

SecretsToSend SecretsOfUpdate(const Decision& decision, const Value& config, const Value& prior, const Value& planned,
                              PrivateData remembered, Scrypt& scrypt) {
  SecretsToSend result{.prior = prior, .planned = planned, .remembered = std::move(remembered)};
  std::vector<GivenSecret> given;
  bool sends = false;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const auto forms = FormsOf(secret, config, prior, planned);
    if (!forms.has_value() || !IsTargetSent(secret.spec, prior, planned, decision)) continue;
    sends = true;
    const SecretAction action = ActionOn(secret, decision);
    const std::string_view why = WhyUndecided(
        secret, action, config, *forms, HasSecret(secret, prior, result.remembered), result.remembered.digests, scrypt);
    if (!why.empty()) result.undecided.push_back(Concat(secret.Name(), ": ", why));
    const Value value = ValueToSend(secret, decision, config, *forms);
    if (!value.is_null()) {
      given.push_back({&secret, value});
      result.planned = WithPlain(result.planned, secret, value);
    }
    // "" differs from every secret, and a service that merges is told "" for one that is removed.
    const bool changes = action == SecretAction::kSend || action == SecretAction::kRemove;
    if (changes) result.prior = WithPlain(result.prior, secret, Value::String(""));
  }
  if (sends && result.undecided.empty()) result.remembered = Remember(given, planned, scrypt);
  return result;
}

SecretsToSend SecretsOfCreate(const Value& config, const Value& planned, Scrypt& scrypt) {
  SecretsToSend result{.prior = Value::Null(planned.type()), .planned = planned, .remembered = {}};
  std::vector<GivenSecret> given;
  for (const WriteOnlySecret& secret : kWriteOnlySecrets) {
    const Value value = ConfiguredSecret(secret, config);
    if (!planned.Get(secret.spec).is_set() || value.is_null()) continue;
    given.push_back({&secret, value});
    result.planned = WithPlain(result.planned, secret, value);
  }
  result.remembered = Remember(given, planned, scrypt);
  return result;
}

}  // namespace mlflow
