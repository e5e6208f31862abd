#include "provider/registry_webhook/listing.h"

#include "tfcpp/json/json.h"

namespace mlflow {

using tfcpp::Context;
using tfcpp::Json;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhookPage;
using tfcpp::databricks::RegistryWebhooks;

Result<Listing> ListAnew(const Context& context, RegistryWebhooks& api, tfcpp::Clock& clock,
                         const ListingBounds& bounds, const std::string& scope) {
  for (bool again = false;; again = true) {
    Listing listing;
    bool torn = false;
    const auto ask = [&](const Context& under, const PageOrder& order) -> Result<PageAnswer> {
      TFCPP_ASSIGN_OR_RETURN(
          const RegistryWebhookPage page,
          api.ListPage(under,
                       {.model_name = scope,
                        .page_token = order.token,
                        .max_results = order.max_results,
                        .time_limit = order.time_limit},
                       [&](const Json& entry) { torn = !listing.Add(ReadWebhook(entry, api.secrets())) || torn; }));
      listing.answered_at = page.answered_at;
      return PageAnswer{.next_token = page.next_page_token, .bytes = page.bytes, .listed = listing.size()};
    };
    TFCPP_ASSIGN_OR_RETURN(listing.pages, ReadPages(context, clock, bounds, ask));
    if (!torn || again || context.finishing) return listing;
  }
}

}  // namespace mlflow
