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
#include "provider/shared/private_data.h"
#include "provider/shared/secret_rows.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/value/path.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// What is sent is the object of a secret (the target), which goes whole, or a secret at the top by itself.
enum class SecretAction {
  kKeep,    // nothing happens to it; if its object is sent for another reason, it goes along
  kSend,    // sent with the configured value
  kRemove,  // sent without it, or in a replacement where the service cannot be told
  kOpen,    // not known yet; the next plan, at apply, decides
};

struct SecretDecision {
  const SecretRow* row;
  SecretAction action;
  std::string_view why = {};  // for people, as the end of "secret: ..."; empty where nothing is to be said
};
// Names each secret that is not simply kept.
using Decision = std::vector<SecretDecision>;

// `planned` may hold unknown values; `prior` is not null. `config` is what the plan is shown.
Decision Decide(const SecretRows& rows, const tfcpp::Value& config, const tfcpp::Value& prior,
                const tfcpp::Value& planned, const SecretDigests& digests, tfcpp::crypto::Scrypt& scrypt);

SecretAction ActionOn(const SecretRow& row, const Decision& decision);

// Whether the update sends this secret, or the object that it goes with.
bool IsSent(const SecretRow& row, const tfcpp::Value& prior, const tfcpp::Value& planned, const Decision& decision);

// The attributes whose changes take a secret away that only a replacement can (Removal): null where it was set. What is
// not known yet counts as set, because Terraform refuses an update that becomes a replacement at apply.
std::vector<tfcpp::Path> ReplacingRemovals(const SecretRow& row, const tfcpp::Value& config, const tfcpp::Value& prior,
                                           const tfcpp::Value& planned, const Decision& decision);

// JSON, {"http_url_spec.secret_wo": "send"}; never empty. What cannot be read decides nothing.
std::string WriteDecision(const Decision& decision);
Decision ParseDecision(const SecretRows& rows, const std::string& text);

// Names of secrets for which a later plan decides otherwise than the first, which had to be right about all that it
// knew.
std::vector<std::string> Contradictions(const SecretRows& rows, const Decision& first, const Decision& later);

// What an apply sends, and what is remembered after it.
struct SecretsToSend {
  // The two sides of an update's request: the plan with each write-only secret in the place of its plain form, and the
  // prior state, which differs there only where the decision says so.
  tfcpp::Value prior;
  tfcpp::Value planned;
  PrivateData remembered;  // but for the place
  // Why the update cannot be sent, one line for each secret whose fate neither plan nor configuration decide.
  std::vector<std::string> undecided = {};
};
// `config` is what is written, whatever the plan was shown. Wholly known.
SecretsToSend SecretsOfUpdate(const SecretRows& rows, const Decision& decision, const tfcpp::Value& config,
                              const tfcpp::Value& prior, const tfcpp::Value& planned, PrivateData remembered,
                              tfcpp::crypto::Scrypt& scrypt);
// By what the request's plan decided; where it decided nothing, by what it would have.
SecretsToSend SecretsOfUpdate(const SecretRows& rows, const tfcpp::UpdateRequest& request,
                              tfcpp::crypto::Scrypt& scrypt);
// Everything that is configured; `prior` is null. What was remembered of a webhook that is replaced counts for nothing.
SecretsToSend SecretsOfCreate(const SecretRows& rows, const tfcpp::Value& config, const tfcpp::Value& planned,
                              tfcpp::crypto::Scrypt& scrypt);

}  // namespace mlflow
