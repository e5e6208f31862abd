// HostMetadata: what a host tells of itself to anybody, asked for once and only when a strategy needs it.
//
// Facts: GET {host}/.well-known/databricks-config, without credentials. It is best effort: a host that has none, hangs
// or answers nonsense has simply no metadata. At most two attempts of 5 s. Thread safety: safe to call from several
// threads.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "databricks/config.h"
#include "databricks/host.h"
#include "rest/transport.h"
#include "tfcpp/base/context.h"

namespace tfcpp::databricks {

struct Metadata {
  std::string oidc_endpoint = {};  // may hold {account_id}
  std::string account_id = {};
  std::string audience = {};
  std::string host_type = {};  // "workspace", "account", "unified", or empty
  bool has_workspace_id = false;
  Cloud cloud = Cloud::kUnknown;
};

class HostMetadata {
 public:
  // `config` and `transport` must outlive this. The transport repeats nothing by itself.
  HostMetadata(const Config& config, rest::HttpTransport& transport) : config_(config), transport_(transport) {}

  Metadata Get(const Context& context);

 private:
  std::optional<Metadata> Ask(const Context& context) const;

  const Config& config_;
  rest::HttpTransport& transport_;
  std::mutex mutex_;
  std::optional<Metadata> known_;
};

// The cloud as far as attributes and the host's name tell it.
Cloud CloudOf(const Config& config);

}  // namespace tfcpp::databricks
