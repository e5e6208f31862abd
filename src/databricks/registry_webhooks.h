// The workspace Model Registry webhooks API, /api/2.0/mlflow/registry-webhooks: paths, pages, effects and the forms of
// errors. One call here is one HTTP call (besides retries); what must be put together from several is
// provider/registry_webhook/service.h. What a webhook is made of is the caller's (ADR 14): requests are JSON members,
// and a function reads each webhook that is answered. Only `id` is known here.
//
// Facts from the vendor's API reference and its Python client: there is no get by id; listing pages hold at most 1000;
// model_name cannot be updated; secrets are never returned; a spec given in an update replaces the old one whole.
//
// A whole answer that is not of the documented form is an error of code kMalformed (ADR 10). Thread safety: as the
// JsonClient.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rest/answered.h"
#include "rest/json_client.h"
#include "tfcpp/json/json.h"

namespace tfcpp::databricks {

using RegistryWebhookPage = rest::Page;

struct RegistryWebhookPageRequest {
  std::string model_name = {};              // empty: no filter
  std::string page_token = {};              // empty: the first page
  int max_results = 1000;                   // the most that the service gives, and its own client's default
  std::chrono::milliseconds time_limit{0};  // of the call; 0: the client's own
};

// How the target of a webhook took a test delivery.
struct RegistryWebhookTest {
  std::int64_t status = 0;  // the target's HTTP status; for a job, that of the call that starts it
  std::string body;         // what it answered, as it may be shown (KnownSecrets::Shown)
};

class RegistryWebhooks {
 public:
  // `members`: what is read of webhooks, at every level; the rest of answers is not built (JsonLimits). Views that
  // outlive this.
  RegistryWebhooks(rest::JsonClient& client, std::vector<std::string_view> members);

  Result<void> Create(const Context& context, Json::Members webhook, const rest::ReadAnswered& read);
  // `take` gets each entry of the page, whatever it is; none after an error. Error::reason kTooLarge: a page with fewer
  // results may do.
  Result<RegistryWebhookPage> ListPage(const Context& context, const RegistryWebhookPageRequest& request,
                                       const std::function<void(const Json& entry)>& take);
  // False: the service took the update without returning the webhook (older servers: {}).
  Result<bool> Update(const Context& context, const std::string& id, Json::Members changes,
                      const rest::ReadAnswered& read);
  Result<void> Delete(const Context& context, const std::string& id);
  // Makes the service send one delivery now, for real. `event` empty: the service chooses one of the webhook's. A
  // target that refuses is a success of this call.
  Result<RegistryWebhookTest> Test(const Context& context, const std::string& id, const std::string& event);

  // What no error shows. Each call adds the secrets that it sends.
  rest::KnownSecrets& secrets() const { return client_.secrets(); }

 private:
  rest::JsonCall MakeCall(rest::Method method, std::string_view operation, rest::Effect effect) const;

  rest::JsonClient& client_;
  std::vector<std::string_view> members_;
};

}  // namespace tfcpp::databricks
