#include "provider/registry_webhook/listing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/strings.h"
#include "json/json.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Json;
using tfcpp::Result;
using tfcpp::databricks::RegistryWebhookPage;
using tfcpp::databricks::RegistryWebhookPageRequest;
using tfcpp::databricks::RegistryWebhooks;
using tfcpp::http::KnownSecrets;

Error Unusable(std::string_view why) {
  return {.code = ErrorCode::kMalformed,
          .message = Concat("The service's listing of webhooks ", why, ". Nothing was concluded from it; try again.")};
}

// One listing while its pages come in.
class Pages {
 public:
  Pages(const ListingBounds& bounds, tfcpp::Clock& clock) : bounds_(bounds), clock_(clock), began_(clock.Now()) {}

  milliseconds time_left() const {
    return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(bounds_.time - (clock_.Now() - began_)));
  }
  // Some id has come twice, with different contents.
  bool torn() const { return torn_; }
  Listing Take() { return std::move(listing_); }

  void AddEntry(const Json& entry, const KnownSecrets& secrets) {
    auto read = ReadWebhook(entry, secrets);
    if (auto* webhook = std::get_if<RegistryWebhook>(&read)) return AddWebhook(std::move(*webhook));
    AddMisfit(std::get<RegistryWebhookMisfit>(std::move(read)));
  }

  // False: it was the last page. Its entries have been added.
  Result<bool> Add(const RegistryWebhookPage& page) {
    ++listing_.pages;
    listing_.answered_at = page.answered_at;
    bytes_ += page.bytes;
    if (page.next_page_token.empty()) return false;
    if (!seen_tokens_.insert(page.next_page_token).second) {
      return Unusable("came back to a page that it had given before, so it has no end");
    }
    const auto size = listing_.webhooks.size() + listing_.misfits.size() + listing_.nameless.size();
    if (listing_.pages >= bounds_.pages) return Beyond(Concat(std::to_string(bounds_.pages), " pages"));
    if (size >= bounds_.webhooks) return Beyond(Concat(std::to_string(bounds_.webhooks), " webhooks"));
    if (bytes_ >= bounds_.bytes) return Beyond(Concat(std::to_string(bounds_.bytes), " bytes"));
    if (clock_.Now() - began_ >= bounds_.time) {
      return Beyond(Concat(std::to_string(bounds_.time.count() / 1000), " s (retry_timeout_seconds)"));
    }
    return true;
  }

 private:
  static Error Beyond(std::string_view bound) {
    return Unusable(Concat("goes on after ", bound, ", and the provider reads no more"));
  }

  void AddWebhook(RegistryWebhook webhook) {
    // try_emplace moves only what it takes.
    const auto [known, is_new] = listing_.webhooks.try_emplace(webhook.id, std::move(webhook));
    if (listing_.misfits.contains(known->first) || (!is_new && known->second != webhook)) Tear(known->first);
  }
  void AddMisfit(RegistryWebhookMisfit misfit) {
    const std::string id = misfit.readable.id;
    if (id.empty()) return listing_.nameless.push_back(std::move(misfit));
    const auto [known, is_new] = listing_.misfits.try_emplace(id, misfit);
    if (listing_.webhooks.contains(id) || (!is_new && known->second != misfit)) Tear(id);
  }
  void Tear(std::string id) {  // a copy: the caller's may be in what is erased
    torn_ = true;
    listing_.webhooks.erase(id);
    RegistryWebhookMisfit misfit{tfcpp::fields::NothingRead(tfcpp::fields::FieldsOf<RegistryWebhook>(),
                                                            "it is listed more than once, with different contents")};
    misfit.unread.erase("id");
    misfit.readable.id = id;
    listing_.misfits.insert_or_assign(std::move(id), std::move(misfit));
  }

  const ListingBounds& bounds_;
  tfcpp::Clock& clock_;
  const tfcpp::Clock::SteadyTime began_;
  Listing listing_;
  std::set<std::string> seen_tokens_;
  std::size_t bytes_ = 0;
  bool torn_ = false;
};

Result<RegistryWebhookPage> GetPage(const Context& context, RegistryWebhooks& api, RegistryWebhookPageRequest& request,
                                    Pages& pages) {
  for (;; request.max_results /= 2) {
    auto page = api.ListPage(context, request, [&](const Json& entry) { pages.AddEntry(entry, api.secrets()); });
    if (page.has_value() || page.error().reason != tfcpp::kTooLarge || request.max_results == 1) return page;
  }
}

Result<bool> ReadAll(const Context& context, RegistryWebhooks& api, RegistryWebhookPageRequest request, Pages& pages) {
  for (bool more = true; more;) {
    if (context.stop.stop_requested() && !context.finishing) {
      return Error{.code = ErrorCode::kCancelled,
                   .message = "The run was stopped while the webhooks were listed.",
                   .reason = "stopped"};
    }
    if (context.finishing) request.time_limit = pages.time_left();
    TFCPP_ASSIGN_OR_RETURN(const RegistryWebhookPage page, GetPage(context, api, request, pages));
    request.page_token = page.next_page_token;
    TFCPP_ASSIGN_OR_RETURN(more, pages.Add(page));
  }
  return pages.torn();
}

}  // namespace

Result<const RegistryWebhook*> Listing::Find(const std::string& id) const {
  if (const auto found = webhooks.find(id); found != webhooks.end()) return &found->second;
  const auto misfit = misfits.find(id);
  if (misfit == misfits.end() && nameless.empty()) return nullptr;
  return Error{.code = ErrorCode::kMalformed,
               .message = misfit != misfits.end()
                              ? Concat("The service lists webhook ", id, " in another form than documented: ",
                                       misfit->second.what, ". Nothing was concluded from it.")
                              : Concat("The service's listing does not name webhook ", id,
                                       ", but has an entry whose id cannot be read: ", nameless.front().what,
                                       ". So it is not known whether the webhook is gone.")};
}

Result<Listing> ListAnew(const Context& context, RegistryWebhooks& api, tfcpp::Clock& clock,
                         const ListingBounds& bounds, const std::string& scope) {
  for (bool again = false;; again = true) {
    Pages pages(bounds, clock);
    TFCPP_ASSIGN_OR_RETURN(const bool torn, ReadAll(context, api, {.model_name = scope}, pages));
    if (!torn || again || context.finishing) return pages.Take();
  }
}

}  // namespace mlflow
