// The address of a workspace: its normal form, what a copied browser address tells besides, and what the name alone
// tells about the cloud. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tfcpp/base/result.h"

namespace tfcpp::databricks {

// "Example.cloud.databricks.com/?o=1" becomes "https://example.cloud.databricks.com". Fails (kInvalidArgument) for what
// has no host name, has user information, or is neither https nor http. The error shows of the text what ShownAddress
// (tfcpp/base/url.h) gives.
Result<std::string> NormaliseHost(std::string_view text);

// What the query of a workspace's address tells; empty: nothing. `w` counts before `o` and `workspace_id`, `a` before
// `account_id`; the middle two only as whole numbers.
struct PromotedIds {
  std::string workspace_id;
  std::string account_id;
};
PromotedIds IdsInQuery(std::string_view host_text);

// Of a normalised host: an account console, which has no webhooks. False for an Azure resource id.
bool IsAccountHost(std::string_view host);

enum class Cloud { kUnknown, kAws, kAzure, kGcp };
Cloud CloudOfHost(std::string_view host);
// "AWS", "Azure", "GCP" in any case.
Cloud CloudOfName(std::string_view name);
std::string_view ToString(Cloud cloud);

}  // namespace tfcpp::databricks
