// What the provider remembers of a webhook beside its state, in Terraform's private data: the workspace where it was
// last seen. Without it, a configuration that points to another workspace would look as if every webhook had been
// deleted.
//
// Form: JSON, {"host": "https://..."}.
#pragma once

#include <string>

namespace mlflow {

struct PrivateData {
  std::string host;  // normalised; empty: not known (a state from an import, or written by other means)
};

PrivateData ParsePrivateData(const std::string& bytes);
std::string WritePrivateData(const PrivateData& data);

}  // namespace mlflow
