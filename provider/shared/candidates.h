// What a listing has that may be the webhook of a create whose answer is lost.
//
// A candidate may be ours when it would be the state after that create with nothing of the plan changed: Settle()
// (tfcpp/framework/settle.h) says so, by the schema. It knows which forms mean the same, lets the plan stand where the
// service never says anything (secrets, what is `unreturned`), and lets the service decide what the plan leaves open
// (id, times). So no attribute is named here, and a new one cannot be forgotten. What of a candidate cannot be read
// counts as equal.
//
// Of what is equal, its creation time decides; it is the service's clock's, while the listing's own time is that of its
// gateway's Date header:
// - created while the call was under way, with 5 s of slack either way for whole seconds: ours, or just like it;
// - created up to 15 minutes before, or in the future: the two clocks may differ, so it may be ours as well;
// - without a time that can be read, without a Date to compare it with, or with one that makes it older than 30 years:
//   it may be ours;
// - older: somebody else's.
// Whoever finds both a certain and a doubtful one cannot tell them apart: a clock that is wrong may have swapped them.
// Pure; thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// One webhook of a listing.
struct Candidate {
  std::string id = {};  // empty: it cannot be read
  // What the create would leave as its state. What the service does not return is null; what cannot be read of a misfit
  // is unknown. Called only for what is not older, because listings are long: valid as long as the listing.
  std::function<tfcpp::Value()> state = nullptr;
  // By the service's clock; nullopt: it does not say, or that cannot be read.
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> created = {};
  // What of it is not of the documented form, for people; such a one is never surely ours. Empty: nothing.
  std::string misfit = {};
};

struct Listed {
  std::vector<Candidate> candidates = {};
  std::optional<std::chrono::sys_seconds> answered_at = {};  // by the clock of its Date header
  bool complete = false;  // it surely lacks nothing that was there when it was asked for
};

struct LostCall {
  const tfcpp::Schema& schema;
  const tfcpp::Value& planned;  // as it was sent; what the service decides is unknown
  // Since it began, by a clock that only runs on, and by one that knows of the machine's sleep but may be set.
  std::chrono::milliseconds elapsed{0};
  std::chrono::milliseconds wall_elapsed{0};
};

struct Found {
  std::vector<Candidate> ours;
  // The others that may be ours, as a text for people: "17 (created 3 minutes before the call)".
  std::vector<std::string> doubtful;
};

// `is_known`: by its id, a webhook that is surely not the one that is looked for.
Found FindCandidates(const Listed& listed, const LostCall& call,
                     const std::function<bool(const std::string& id)>& is_known);

// Whether a webhook of this state may be the one that was planned, by all that a listing shows.
bool LooksLike(const tfcpp::Schema& schema, const tfcpp::Value& planned, const tfcpp::Value& state);

// What a listing shows of a webhook that was planned so: what it never says is null.
tfcpp::Value AsListed(const tfcpp::Schema& schema, const tfcpp::Value& planned);

}  // namespace mlflow
