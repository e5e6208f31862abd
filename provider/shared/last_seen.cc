#include "provider/shared/last_seen.h"

#include "tfcpp/base/strings.h"

namespace mlflow {

using tfcpp::Concat;

Absence JudgeAbsence(const PrivateData& remembered, const Place& here) {
  if (remembered.place.empty()) return remembered.adopted ? Absence::kNeverSeen : Absence::kGone;
  return remembered.place == here ? Absence::kGone : Absence::kElsewhere;
}

tfcpp::Diagnostic LastSeenElsewhere(const Elsewhere& what) {
  return {
      tfcpp::Severity::kError,
      Concat("Webhook was last seen in another ", what.kind),
      Concat("Webhook ", what.id, " was last seen at ", what.then, ", but the provider is configured for ", what.now,
             ", which does not have it. It stays in the state, because it may well exist there still.\n\nIf the ",
             what.setting, " is a mistake, set it back to ", what.then, ". If the ", what.kind,
             " really moved and the webhook is gone, remove it from the state with `terraform state rm` and apply "
             "again to create it anew."),
      {}};
}

}  // namespace mlflow
