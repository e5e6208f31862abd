// A provider whose code a test replaces in part by a mistake of its author: `bad`, with one type of each kind, all
// named bad_thing, a resource without identities, bad_plain, and a function.
#pragma once

#include <functional>

#include "tfcpp/framework/provider.h"

namespace conformance {

// Must not come into any text.
inline constexpr char kCanary[] = "canary-9a1e";

// The author's code, which a test replaces in part.
struct Code {
  std::function<void(tfcpp::Outcome&)> create, read, update, del, import, move;
  std::function<void(tfcpp::DataOutcome&)> data;
  std::function<void(tfcpp::OpenOutcome&)> open;
  std::function<void()> renew, close, invoke;
  std::function<void(tfcpp::ListedResource&)> list;
  std::function<void(tfcpp::Value&)> upgrade, function, plan_modifier;
  std::function<void(tfcpp::Plan&)> modify_plan;
  std::function<void()> validator, rule, configure, equivalence, has_secret_part;
};

// What they all answer when nothing is replaced: {id: "7", name: `name`, size: 1}.
tfcpp::Value KnownThing(const tfcpp::Value& name);
tfcpp::Value ThingIdentity();

// `code` must outlive the provider and its runs.
tfcpp::Provider BadProvider(const Code& code);

}  // namespace conformance
