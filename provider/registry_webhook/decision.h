// What the plan of an update decides about write-only secrets, and what its apply sends accordingly.
//
// With ignore_changes Terraform shows a plan the prior state's values, in which write-only ones are null, and the apply
// the configuration as it is written. So "taken out" and "ignored" are the same request to a plan, and an apply that
// judged by itself would send what no plan has shown. Therefore the plan decides, the apply does that and nothing else,
// and a null without a change of the version changes nothing (ADR 9). A decision holds names, never values.
//
// Pure, but for random salts; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/scrypt.h"
#include "provider/registry_webhook/private_data.h"
#include "provider/registry_webhook/write_only.h"
#include "value/value.h"

namespace mlflow {

enum class SecretAction {
  kKeep,    // nothing happens to it; if the target is sent for another reason, it goes along
  kSend,    // the target is sent, with the configured value
  kRemove,  // the target is sent without it
  kOpen,    // not known yet; the next plan, at apply, decides
};

struct SecretDecision {
  const WriteOnlySecret* secret;
  SecretAction action;
  std::string_view why = {};  // for people, as the end of "secret: ..."; empty where nothing is to be said
};
// Names each secret that is not simply kept.
using Decision = std::vector<SecretDecision>;

// `planned` may hold unknown values; `prior` is not null. `config` is what the plan is shown.
Decision Decide(const tfcpp::Value& config, const tfcpp::Value& prior, const tfcpp::Value& planned,
                const SecretDigests& digests, tfcpp::crypto::Scrypt& scrypt);

SecretAction ActionOn(const WriteOnlySecret& secret, const Decision& decision);

// Whether the update sends the target of this name: it differs, or one of its secrets is sent or removed.
bool IsTargetSent(std::string_view spec, const tfcpp::Value& prior, const tfcpp::Value& planned,
                  const Decision& decision);

// JSON, {"http_url_spec.secret_wo": "send"}; never empty. What cannot be read decides nothing.
std::string WriteDecision(const Decision& decision);
Decision ParseDecision(const std::string& text);

// Names of secrets for which a later plan decides otherwise than the first, which had to be right about all that it
// knew.
std::vector<std::string> Contradictions(const Decision& first, const Decision& later);

// What an apply sends, and what is remembered after it.
struct SecretsToSend {
  // The two sides of ToUpdateInput(): the plan with each write-only secret in the place of its plain form, and the
  // prior state, which differs there only where the decision says so.
  tfcpp::Value prior;
  tfcpp::Value planned;
  PrivateData remembered;  // but for the host
  // Why the target cannot be sent, one line for each secret whose fate neither plan nor configuration decide.
  std::vector<std::string> undecided = {};
};
// `config` is what is written, whatever the plan was shown. Wholly known.
SecretsToSend SecretsOfUpdate(const Decision& decision, const tfcpp::Value& config, const tfcpp::Value& prior,
                              const tfcpp::Value& planned, PrivateData remembered, tfcpp::crypto::Scrypt& scrypt);
// Everything that is configured; `prior` is null.
SecretsToSend SecretsOfCreate(const tfcpp::Value& config, const tfcpp::Value& planned, tfcpp::crypto::Scrypt& scrypt);

}  // namespace mlflow
