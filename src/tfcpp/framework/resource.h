// SPDX-License-Identifier: Apache-2.0
// A managed resource in two parts: what it IS, known before the provider is configured (ResourceType: data and pure
// functions), and what it DOES with the outside world (Resource: bound to a client by the provider's configure).
//
// The framework plans, completes and checks; a resource only makes calls. It never sees write-only values in a plan or
// state, gets a wholly known plan in Create and Update, and returns what the service answered. Thread safety: Terraform
// calls several instances in parallel; Resource implementations must be thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/context.h"
#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// What a configured provider tells pure planning code, by name: {"address", "https://x"}, {"edition", "basic"}. Empty
// while the provider's configuration is not known. Never a secret.
using Facts = std::map<std::string, std::string, std::less<>>;

// A change to plan. On create `prior` is null. (A destroy is never given to modify_plan.)
struct PlanRequest {
  const Value& config;
  const Value& prior;
  // What the last apply or read stored. On create empty, or that of the object which the new one replaces.
  const std::string& private_data;
  const Facts& facts;
  // The framework found a difference between prior state and plan: a change will be applied.
  bool changes;
  // The decision of the plan that the user has seen, in the plan that Terraform makes again at apply. Empty: there is
  // none, or the client does not hand it over (before Terraform 1.16).
  const std::string& first_decision;
};
struct Plan {
  Value planned;
  std::vector<Path> requires_replace;
  std::string private_data;
  Diagnostics diagnostics;
  // Of an update: what its apply does that `planned` does not show, for Update(). Terraform keeps it with the plan and
  // drops it after the apply. In a plan file in clear, so never a secret. Depends on configuration, prior state, plan
  // and private data alone, because clients plan again at apply and up to Terraform 1.15 it is that plan's which
  // counts.
  std::string decision = {};
};

// The answer of a call. A state AND errors are possible at once: a half-done create must be tracked.
struct Outcome {
  // nullopt: the object does not exist (or, after an error, nothing is known: see apply.h)
  std::optional<Value> state = std::nullopt;
  std::string private_data = {};  // kept by Terraform with the state, given back on the next call; no secret in clear
  Diagnostics diagnostics = {};
  // Of a type with identities: which object the state is of. Wholly known.
  std::optional<Value> identity = std::nullopt;
};

struct CreateRequest {
  const Value& config;              // with write-only values
  const Value& planned;             // computed values may be unknown
  const std::string& private_data;  // as in PlanRequest
};
struct ReadRequest {
  const Value& state;
  const std::string& private_data;
};
struct UpdateRequest {
  // As it is written. The plan may have seen another one: with ignore_changes Terraform shows a plan the prior state's
  // values, where write-only ones are null. So what is to be done comes from `planned` and `decision`.
  const Value& config;
  const Value& prior;
  const Value& planned;
  const std::string& private_data;
  const std::string& decision;  // of the plan; empty: it made none
};
struct DeleteRequest {
  const Value& state;
  const std::string& private_data;
};

class Resource {
 public:
  virtual ~Resource() = default;
  virtual Outcome Create(const Context& context, const CreateRequest& request) = 0;
  // state == nullopt without an error: the object is gone.
  virtual Outcome Read(const Context& context, const ReadRequest& request) = 0;
  virtual Outcome Update(const Context& context, const UpdateRequest& request) = 0;
  virtual Outcome Delete(const Context& context, const DeleteRequest& request) = 0;
};

// Rewrites the attributes of an older state, or identity (as a dynamic value: objects and tuples) to the form of the
// present schema.
using StateUpgrader = std::function<Result<Value>(const Value& old_state)>;

// Checks across attributes of a configuration; values may be null or unknown.
struct ConfigValidator {
  std::string description;  // the rule, as Markdown: "exactly one of `a` and `b` is set"
  std::function<void(const Value& config, Diagnostics&)> check;
};

// What the user wants to import: an id, or an identity (Terraform 1.12).
struct ImportRequest {
  const std::string& id;          // empty when there is an identity
  std::optional<Value> identity;  // attributes that are optional for import may be null
  const Facts& facts;
};

// Takes over the state of a resource of another type.
struct StateMover {
  std::string source_type;                    // other_thing
  std::vector<std::string> source_providers;  // full addresses: registry.example.com/acme/other
  std::int64_t source_version = 0;            // of its schema
  // Gets the attributes as a dynamic value: objects and tuples. The outcome has a state, or errors.
  std::function<Outcome(const Value& source)> move;
};

struct ResourceType {
  std::string name;  // with the provider's prefix: example_thing
  Schema schema;
  std::vector<ConfigValidator> config_validators = {};
  // Optional, pure. Runs after the generic steps; may refine known values of computed attributes, add replace paths and
  // warnings about this change.
  std::function<void(const PlanRequest&, Plan&)> modify_plan = nullptr;
  std::map<std::int64_t, StateUpgrader> upgraders = {};  // by the version that they upgrade from, to the present one
  // The attributes that name an object among all of its type (Terraform 1.12). Flat; a required one must be given in an
  // import by identity, an optional one may be.
  std::optional<Schema> identity = std::nullopt;
  std::map<std::int64_t, StateUpgrader> identity_upgraders = {};  // as upgraders, of the identity's schema
  // Optional, pure. Gives as much of the state as the request tells, the rest null; a Read follows.
  std::function<Outcome(const ImportRequest&)> import_state = nullptr;
  std::vector<StateMover> movers = {};
  // Types whose states look as if they could be moved here, and why they cannot, in whole sentences.
  std::map<std::string, std::string, std::less<>> unmovable = {};
};

}  // namespace tfcpp
