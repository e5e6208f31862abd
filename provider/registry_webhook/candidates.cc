#include "provider/registry_webhook/candidates.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "databricks/host.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;
using tfcpp::databricks::RegistryWebhookMisfit;

constexpr milliseconds kSlack{5'000};
constexpr std::chrono::minutes kDoubtfulAge{15};

std::string NormalUrl(const std::string& workspace_url) {
  const auto host = tfcpp::databricks::NormaliseHost(workspace_url);
  return host.has_value() ? *host : workspace_url;
}

bool SameTarget(const RegistryWebhook& a, const RegistryWebhook& b) {
  if (a.http_url_spec != b.http_url_spec || a.job_spec.has_value() != b.job_spec.has_value()) return false;
  return !a.job_spec.has_value() || (a.job_spec->job_id == b.job_spec->job_id &&
                                     NormalUrl(a.job_spec->workspace_url) == NormalUrl(b.job_spec->workspace_url));
}

// In all that can be read of `webhook`.
bool LooksLike(const RegistryWebhook& webhook, const std::set<std::string>& unread, const RegistryWebhook& appearance) {
  const auto same = [&](const char* member, bool equal) { return equal || unread.contains(member); };
  return same("events", webhook.events == appearance.events) &&
         same("model_name", webhook.model_name == appearance.model_name) &&
         same("description", webhook.description == appearance.description) &&
         same("status", webhook.status == appearance.status) && same("target", SameTarget(webhook, appearance));
}

enum class Verdict { kOurs, kDoubtful, kOlder };
struct Judgement {
  Verdict verdict;
  std::string why = {};  // of a doubt
};

Judgement JudgeTime(const std::optional<std::int64_t>& creation_timestamp, const Listing& listing,
                    const LostCall& call) {
  if (!creation_timestamp.has_value()) return {Verdict::kDoubtful, "without a creation time that can be read"};
  if (!listing.answered_at.has_value()) {
    return {Verdict::kDoubtful, "of unknown age, because the answer has no Date header"};
  }
  const std::chrono::sys_time<milliseconds> created{milliseconds(*creation_timestamp)};
  const auto age = std::chrono::time_point_cast<milliseconds>(*listing.answered_at) - created;
  if (age < -kSlack) return {Verdict::kDoubtful, "created in the future, by the service's Date header"};
  if (age <= call.elapsed + kSlack) return {Verdict::kOurs};
  const auto before_call = age - std::max(call.elapsed, call.wall_elapsed);
  if (before_call >= kDoubtfulAge) return {Verdict::kOlder};
  const auto seconds = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(before_call).count());
  return {Verdict::kDoubtful, Concat("created about ", std::to_string(seconds), " s before the call")};
}

void JudgeMisfit(const RegistryWebhookMisfit& misfit, const Listing& listing, const LostCall& call, Candidates& found) {
  if (!LooksLike(misfit.readable, misfit.unread, call.appearance)) return;
  if (JudgeTime(misfit.readable.creation_timestamp, listing, call).verdict == Verdict::kOlder) return;
  const std::string& id = misfit.readable.id;
  found.doubtful.push_back(Concat(id.empty() ? "an entry without an id" : id, " (", misfit.what, ")"));
}

}  // namespace

RegistryWebhook AppearanceOf(const RegistryWebhookInput& input) {
  RegistryWebhook webhook;
  webhook.events = input.events.value_or(std::vector<std::string>());
  std::sort(webhook.events.begin(), webhook.events.end());
  webhook.events.erase(std::unique(webhook.events.begin(), webhook.events.end()), webhook.events.end());
  webhook.model_name = input.model_name.value_or("");
  webhook.description = input.description.value_or("");
  webhook.status = input.status.value_or(webhook.status);
  if (const auto& spec = input.http_url_spec) {
    webhook.http_url_spec = RegistryWebhook::HttpUrlSpec{spec->url, spec->enable_ssl_verification};
  }
  if (const auto& spec = input.job_spec) {
    webhook.job_spec = RegistryWebhook::JobSpec{spec->job_id, spec->workspace_url.value_or("")};
  }
  return webhook;
}

Candidates FindCandidates(const Listing& listing, const LostCall& call,
                          const std::function<bool(const std::string& id)>& is_known) {
  Candidates found;
  for (const auto& [id, webhook] : listing.webhooks) {
    if (is_known(id) || !LooksLike(webhook, {}, call.appearance)) continue;
    Judgement judgement = JudgeTime(webhook.creation_timestamp, listing, call);
    if (judgement.verdict == Verdict::kOurs) found.ours.push_back(webhook);
    if (judgement.verdict == Verdict::kDoubtful) found.doubtful.push_back(Concat(id, " (", judgement.why, ")"));
  }
  for (const auto& [id, misfit] : listing.misfits) {
    if (!is_known(id)) JudgeMisfit(misfit, listing, call, found);
  }
  for (const RegistryWebhookMisfit& misfit : listing.nameless) JudgeMisfit(misfit, listing, call, found);
  return found;
}

}  // namespace mlflow
