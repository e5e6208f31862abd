// The workspace Model Registry webhooks API, /api/2.0/mlflow/registry-webhooks, as typed calls. One call here is one
// HTTP call (besides retries); what must be put together from several is provider/registry_webhook/service.h.
//
// Facts from the vendor's API reference and its Python client: there is no get by id; listing pages hold at most 1000;
// model_name cannot be updated; secrets are never returned; a spec given in an update replaces the old one whole.
//
// What is not of the documented form is a misfit (webhook_reader.h, ADR 10): of a whole answer, an error of code
// kMalformed; of one entry of a listing, that entry's alone. Thread safety: as the JsonClient.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/secret.h"
#include "http/json_client.h"

namespace tfcpp::databricks {

// What the service returns of a webhook, with documented defaults for what it left out. Unknown enum values stay as
// they are. Exactly one of the specs is set.
struct RegistryWebhook {
  std::string id;
  std::vector<std::string> events;  // sorted, each once
  std::string model_name;           // empty: registry-wide
  std::string description;
  std::string status = "ACTIVE";
  struct HttpUrlSpec {
    std::string url;
    bool enable_ssl_verification = true;
    friend bool operator==(const HttpUrlSpec&, const HttpUrlSpec&) = default;
  };
  struct JobSpec {
    std::string job_id;
    std::string workspace_url;  // empty: the webhook's own workspace
    friend bool operator==(const JobSpec&, const JobSpec&) = default;
  };
  std::optional<HttpUrlSpec> http_url_spec;
  std::optional<JobSpec> job_spec;
  std::optional<std::int64_t> creation_timestamp = {};      // ms since the epoch; nullopt: the service does not say
  std::optional<std::int64_t> last_updated_timestamp = {};  // likewise

  friend bool operator==(const RegistryWebhook&, const RegistryWebhook&) = default;
};

// Something in the place of a webhook that is not of the documented form.
struct RegistryWebhookMisfit {
  std::string what;              // clauses: "creation_timestamp is no whole number"
  RegistryWebhook readable;      // what could be read; id empty: that could not
  std::set<std::string> unread;  // the other members, by name; both specs together are "target"

  friend bool operator==(const RegistryWebhookMisfit&, const RegistryWebhookMisfit&) = default;
};

// What a create or an update sends. Absent members are left out of the request.
struct RegistryWebhookInput {
  struct HttpUrlSpec {
    std::string url;
    bool enable_ssl_verification = true;  // always sent
    std::optional<Secret> authorization;  // an empty secret is sent as "", which removes it
    std::optional<Secret> secret;         // likewise
    friend bool operator==(const HttpUrlSpec&, const HttpUrlSpec&) = default;
  };
  struct JobSpec {
    std::string job_id;
    std::optional<Secret> access_token;  // likewise
    std::optional<std::string> workspace_url;
    friend bool operator==(const JobSpec&, const JobSpec&) = default;
  };
  std::optional<std::vector<std::string>> events;
  std::optional<std::string> model_name;  // create only
  std::optional<std::string> description;
  std::optional<std::string> status;
  std::optional<HttpUrlSpec> http_url_spec;
  std::optional<JobSpec> job_spec;

  friend bool operator==(const RegistryWebhookInput&, const RegistryWebhookInput&) = default;
};

struct RegistryWebhookPageRequest {
  std::string model_name = {};              // empty: no filter
  std::string page_token = {};              // empty: the first page
  int max_results = 1000;                   // the most that the service gives, and its own client's default
  std::chrono::milliseconds time_limit{0};  // of the call; 0: the client's own
};

struct RegistryWebhookPage {
  std::vector<RegistryWebhook> webhooks;
  std::vector<RegistryWebhookMisfit> misfits;
  std::string next_page_token;                               // empty: the last page
  std::optional<std::chrono::sys_seconds> answered_at = {};  // by the clock of its Date header
  std::size_t bytes = 0;                                     // of the answer's body
};

// How the target of a webhook took a test delivery.
struct RegistryWebhookTest {
  std::int64_t status = 0;  // the target's HTTP status; for a job, that of the call that starts it
  std::string body;         // what it answered, as it may be shown (KnownSecrets::Shown)
};

class RegistryWebhooks {
 public:
  explicit RegistryWebhooks(http::JsonClient& client) : client_(client) {}

  Result<RegistryWebhook> Create(const Context& context, const RegistryWebhookInput& input);
  // Error::reason "too_large": a page with fewer results may do.
  Result<RegistryWebhookPage> ListPage(const Context& context, const RegistryWebhookPageRequest& request);
  // Nullopt: the service took the update without returning the webhook (older servers: {}).
  Result<std::optional<RegistryWebhook>> Update(const Context& context, const std::string& id,
                                                const RegistryWebhookInput& changes);
  Result<void> Delete(const Context& context, const std::string& id);
  // Makes the service send one delivery now, for real. `event` empty: the service chooses one of the webhook's. A
  // target that refuses is a success of this call.
  Result<RegistryWebhookTest> Test(const Context& context, const std::string& id, const std::string& event);

  // What no error shows. Each call adds the secrets that it sends.
  http::KnownSecrets& secrets() const { return client_.secrets(); }

 private:
  http::JsonClient& client_;
};

}  // namespace tfcpp::databricks
