// What the provider remembers of a webhook beside its state, in Terraform's private data.
//
// Form: JSON, {"host": "https://...", "adopted": true}; members that say nothing are left out.
#pragma once

#include <string>

namespace mlflow {

struct PrivateData {
  // The workspace where the webhook was last seen, normalised; empty: not seen yet. Without it, a configuration that
  // points to another workspace would look as if every webhook had been deleted.
  std::string host = {};
  // Imported or moved from another provider, and not changed since: what secrets the service has is not known.
  bool adopted = false;
};

PrivateData ParsePrivateData(const std::string& bytes);
std::string WritePrivateData(const PrivateData& data);

}  // namespace mlflow
