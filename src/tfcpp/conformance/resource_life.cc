// SPDX-License-Identifier: Apache-2.0
// The life of an object: what ResourceJudge does when it may act.
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/codec/state_json.h"
#include "tfcpp/conformance/resource_judge.h"
#include "tfcpp/testing/rules.h"

namespace tfcpp::conformance {
namespace {

// What Terraform keeps of a state with unknown values.
Value UnknownAsNull(const Value& value) {
  if (!value.is_known()) return Value::Null(value.type());
  if (value.is_wholly_known() || value.type().kind() != Type::Kind::kObject) return value;
  Value kept = value;
  for (const auto& [name, member] : value.Entries()) kept = kept.With(name, UnknownAsNull(member));
  return kept;
}

// Where the later value says something else than the earlier one, and not merely nothing.
void Contradict(const Value& earlier, const Value& later, const Path& path, std::vector<std::string>& found) {
  if (earlier == later || earlier.is_null() || later.is_null()) return;
  const bool deeper = earlier.is_set() && later.is_set() && earlier.type().kind() == Type::Kind::kObject;
  if (!deeper) return found.push_back(path.ToString());
  for (const auto& [name, member] : earlier.Entries()) {
    Contradict(member, later.Get(name), path.Attribute(name), found);
  }
}

}  // namespace

void ResourceJudge::Live(const Value& config, const std::optional<Value>& next_config) {
  Answering(subject_, [&] {
    std::optional<Change> create = PlanTwice(object_, config);
    if (!create.has_value() || !Apply(*std::move(create))) return;
    Settle(config);
    Import();
    if (next_config.has_value()) Update(*next_config);
  });
  // Also after an answer that cannot be read.
  if (!object_.state.is_null()) Answering(subject_, [&] { Delete(); });
}

bool ResourceJudge::Apply(Change change) {
  const Value planned = change.planned;
  try {
    client_.Apply(change);
  } catch (const host::CallFailed&) {
    subject_.Note("an object may be left behind: an apply was not answered, or its answer cannot be read");
    throw;
  }
  if (change.failed) subject_.Refuse("apply", Join(test::Texts(change.diagnostics), "; "));
  const bool sound = !change.failed && IsSound(planned, change);
  if (change.state.is_null() && !change.failed) {
    subject_.Note("an object may be left behind: the state after an apply was null");
  }
  // An error without a state keeps what was there before.
  if (!change.failed || change.state.is_set()) {
    object_ = std::move(change);
    object_.state = UnknownAsNull(object_.state);
  }
  return sound && object_.state.is_set();
}

bool ResourceJudge::IsSound(const Value& planned, const Change& applied) {
  const Schema& schema = client_.schema();
  const std::string input = Concat("configuration ", Shown(schema, applied.config), "\nplan          ",
                                   Shown(schema, planned), "\nstate         ", Shown(schema, applied.state));
  CheckIdentity(applied, "after an apply");
  const bool is_known = Judged(rule::kApplyIsKnown, test::UnknownBreaches(applied.state), input);
  const bool is_write_only_null = Judged(rule::kWriteOnly, test::WriteOnlyBreaches(schema, applied.state), input);
  if (applied.legacy_type_system) {
    subject_.NotJudged(rule::kApplyKeepsPlan, kLegacy);
    return is_known && is_write_only_null;
  }
  return Judged(rule::kApplyKeepsPlan, test::RefinementBreaches(planned, applied.state), input) && is_known &&
         is_write_only_null;
}

void ResourceJudge::CheckIdentity(const Change& change, const std::string& when) {
  if (!client_.has_identity() || change.state.is_null()) return;
  if (!change.identity.has_value() || !change.identity->is_set() || !change.identity->is_wholly_known()) {
    return subject_.Break(rule::kIdentityIsStable, Concat("there is no identity, or not a known one, ", when));
  }
  const bool had = object_.identity.has_value() && object_.state.is_set();
  if (had && !(*object_.identity == *change.identity)) {
    return subject_.Break(rule::kIdentityIsStable, Concat("it is another one ", when, ": ", change.identity->ToString(),
                                                          ", before ", object_.identity->ToString()));
  }
  subject_.Hold(rule::kIdentityIsStable);
}

void ResourceJudge::Read() {
  const Schema& schema = client_.schema();
  const Change read = client_.Read(object_);
  if (read.failed) return subject_.Refuse("read", Join(test::Texts(read.diagnostics), "; "));
  const std::string input =
      Concat("state         ", Shown(schema, object_.state), "\nstate, read   ", Shown(schema, read.state));
  if (!Judged(rule::kReadIsKnown, test::UnknownBreaches(read.state), input)) return;
  if (!Judged(rule::kReadKeepsState, Differences(object_.state, read.state), input)) return;
  CheckIdentity(read, "after a read");
  object_.private_data = read.private_data;
  if (read.identity.has_value()) object_.identity = read.identity;
}

void ResourceJudge::Settle(const Value& config) {
  Read();
  const Schema& schema = client_.schema();
  const Change again = client_.Plan(object_.state, config, object_.private_data, "", object_.identity);
  if (again.failed) {
    subject_.Refuse("plan", Join(test::Texts(again.diagnostics), "; "));
  } else {
    subject_.Judge(rule::kPlanSettles, Differences(object_.state, again.planned),
                   Concat("configuration ", Shown(schema, config), "\nstate         ", Shown(schema, object_.state),
                          "\nplan          ", Shown(schema, again.planned)));
  }
  Upgrade();
}

void ResourceJudge::Upgrade() {
  const Schema& schema = client_.schema();
  const Change upgraded = client_.Upgrade(schema.version, EncodeStateJson(object_.state, client_.value_type()));
  if (upgraded.failed) {
    return subject_.Break(rule::kUpgradeKeepsState,
                          Concat("its own state is refused: ", Join(test::Texts(upgraded.diagnostics), "; ")));
  }
  subject_.Judge(
      rule::kUpgradeKeepsState, Differences(object_.state, upgraded.state),
      Concat("state           ", Shown(schema, object_.state), "\nstate, upgraded ", Shown(schema, upgraded.state)));
}

void ResourceJudge::Import() {
  const Schema& schema = client_.schema();
  const Attribute* id = schema.Find("id");
  if (id == nullptr || !(id->ImpliedType() == Type::String()) || !object_.state.Get("id").is_set()) {
    return subject_.NotJudged(rule::kImportFinds, "its state has no id to import by");
  }
  Change imported = client_.Import(object_.state.Get("id").AsString());
  if (!imported.failed && imported.state.is_set()) imported = client_.Read(imported);
  if (imported.failed) {
    return subject_.NotJudged(rule::kImportFinds, Concat("refused: ", Join(test::Texts(imported.diagnostics), "; ")));
  }
  const std::string input =
      Concat("state           ", Shown(schema, object_.state), "\nstate, imported ", Shown(schema, imported.state));
  std::vector<std::string> breaches;
  if (imported.state.is_null()) breaches.emplace_back();
  Contradict(object_.state, imported.state, Path(), breaches);
  subject_.Judge(rule::kImportFinds, breaches, input);
}

void ResourceJudge::Update(const Value& config) {
  std::optional<Change> change = PlanTwice(object_, config);
  if (!change.has_value()) return;
  if (!change->requires_replace.empty()) {
    Delete();
    if (object_.state.is_set()) return;
    change = PlanTwice(object_, config);
    if (!change.has_value()) return;
  }
  if (Differences(object_.state, change->planned).empty()) return;
  if (Apply(*std::move(change))) Settle(config);
}

void ResourceJudge::Delete() {
  const Schema& schema = client_.schema();
  Change change{.prior = object_.state, .config = client_.Null(), .planned = client_.Null()};
  change.private_data = object_.private_data;
  change.identity = object_.identity;
  if (setting_.client.provided().plans_destroy) {
    change = client_.Plan(object_.state, client_.Null(), object_.private_data, "", object_.identity);
    if (change.failed) return subject_.Note(Concat("not deleted: ", Join(test::Texts(change.diagnostics), "; ")));
  }
  client_.Apply(change);
  if (change.failed) {
    return subject_.Note(Concat("an object is left behind, for it was not deleted: ", Shown(schema, object_.state),
                                ": ", Join(test::Texts(change.diagnostics), "; ")));
  }
  subject_.Judge(rule::kDeleteRemoves,
                 change.state.is_null() ? std::vector<std::string>() : std::vector<std::string>{""},
                 Concat("state after it was destroyed ", Shown(schema, change.state)));
  object_ = Change{.state = client_.Null()};
}

}  // namespace tfcpp::conformance
