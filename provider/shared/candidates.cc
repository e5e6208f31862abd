#include "provider/shared/candidates.h"

#include <algorithm>
#include <cstdint>

#include "tfcpp/base/strings.h"
#include "tfcpp/framework/schema_walk.h"
#include "tfcpp/framework/settle.h"
#include "tfcpp/value/walk.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::Path;
using tfcpp::Schema;
using tfcpp::Value;

constexpr milliseconds kSlack{5'000};
constexpr std::chrono::minutes kDoubtfulAge{15};
constexpr std::chrono::years kLongestAge{30};  // of a webhook, by a clock that may be believed

enum class Verdict { kOurs, kDoubtful, kOlder };
struct Judgement {
  Verdict verdict;
  std::string why = {};  // of a doubt
};

Judgement JudgeTime(const Candidate& candidate, const Listed& listed, const LostCall& call) {
  if (!candidate.created.has_value()) return {Verdict::kDoubtful, "without a creation time that can be read"};
  if (!listed.answered_at.has_value()) {
    return {Verdict::kDoubtful, "of unknown age, because the answer has no Date header"};
  }
  const auto age = std::chrono::time_point_cast<milliseconds>(*listed.answered_at) - *candidate.created;
  if (age < -kSlack) return {Verdict::kDoubtful, "created in the future, by the service's Date header"};
  if (age <= call.elapsed + kSlack) return {Verdict::kOurs};
  const auto before_call = age - std::max(call.elapsed, call.wall_elapsed);
  if (before_call >= kLongestAge) {
    return {Verdict::kDoubtful, "of unknown age, because the answer's Date header is out of all reason"};
  }
  if (before_call >= kDoubtfulAge) return {Verdict::kOlder};
  const auto seconds = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(before_call).count());
  return {Verdict::kDoubtful, Concat("created about ", std::to_string(seconds), " s before the call")};
}

Judgement Judge(const Candidate& candidate, const Listed& listed, const LostCall& call) {
  Judgement judgement = JudgeTime(candidate, listed, call);
  if (judgement.verdict == Verdict::kOlder || candidate.misfit.empty()) return judgement;
  return {Verdict::kDoubtful, candidate.misfit};
}

}  // namespace

bool LooksLike(const Schema& schema, const Value& planned, const Value& state) {
  const auto settled = tfcpp::Settle(schema, planned, state, tfcpp::OnBreach::kKeepAnswer);
  return std::all_of(settled.changed.begin(), settled.changed.end(), [&](const Path& path) {
    const auto answer = tfcpp::At(state, path);
    return answer.has_value() && !answer->is_known();
  });
}

Value AsListed(const Schema& schema, const Value& planned) {
  return tfcpp::TransformBySchema(schema, planned, {}, [](const tfcpp::AttributeVisit& visit) {
    const bool is_said = !visit.attribute.secret() && !visit.attribute.unreturned;
    return is_said ? visit.value : Value::Null(visit.attribute.ImpliedType());
  });
}

Found FindCandidates(const Listed& listed, const LostCall& call,
                     const std::function<bool(const std::string& id)>& is_known) {
  Found found;
  for (const Candidate& candidate : listed.candidates) {
    if (!candidate.id.empty() && is_known(candidate.id)) continue;
    const Judgement judgement = Judge(candidate, listed, call);
    if (judgement.verdict == Verdict::kOlder || !LooksLike(call.schema, call.planned, candidate.state())) continue;
    if (judgement.verdict == Verdict::kOurs) {
      found.ours.push_back(candidate);
    } else {
      const std::string& id = candidate.id;
      found.doubtful.push_back(Concat(id.empty() ? "an entry without an id" : id, " (", judgement.why, ")"));
    }
  }
  return found;
}

}  // namespace mlflow
