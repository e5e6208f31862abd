// SPDX-License-Identifier: Apache-2.0
// An ephemeral resource, a value that a run needs and nobody keeps, such as a token that is lent: it stands in no plan
// and no state. In two parts, like a resource (resource.h): what it IS (EphemeralType) and what it DOES
// (EphemeralResource). Needs Terraform 1.10 or OpenTofu 1.11.
//
// A run opens it, renews it as long as the value is needed, and closes it. A plan opens it as well, unless something of
// its configuration is not known yet.
//
// Thread safety: Terraform opens several in parallel; EphemeralResource implementations must be thread-safe.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/base/clock.h"
#include "tfcpp/framework/resource.h"

namespace tfcpp {

struct EphemeralType {
  std::string name;  // with the provider's prefix
  Schema schema;     // without write-only attributes
  std::vector<ConfigValidator> config_validators = {};
};

// How long what was opened is good for, and what is needed to renew and to close it.
struct Lease {
  std::optional<Clock::WallTime> renew_at = std::nullopt;  // nullopt: it is not renewed
  std::string private_data = {};                           // comes back with Renew and Close; may be a secret
};

struct OpenOutcome {
  // Wholly known, of the schema's type, and with each value that the configuration has set; nullopt only with an error.
  std::optional<Value> result = std::nullopt;
  Lease lease = {};
  // After an error nothing is open: what Open had got until then it has given back.
  Diagnostics diagnostics = {};
};

struct RenewOutcome {
  Lease lease = {};
  Diagnostics diagnostics = {};
};

class EphemeralResource {
 public:
  virtual ~EphemeralResource() = default;
  // `config` is wholly known.
  virtual OpenOutcome Open(const Context& context, const Value& config) = 0;
  // Called when Lease::renew_at has come. The value stays: only what stands behind it lives longer.
  virtual RenewOutcome Renew(const Context&, std::string private_data) {
    return {.lease = {.private_data = std::move(private_data)}};
  }
  // Called when the run is done with the value, also after a stop. Terraform leaves it out where what uses the value
  // has failed (seen with 1.11), so let what is lent end by itself.
  virtual Diagnostics Close(const Context&, const std::string& /*private_data*/) { return {}; }
};

}  // namespace tfcpp
