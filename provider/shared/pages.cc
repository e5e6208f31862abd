#include "provider/shared/pages.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"

namespace mlflow {
namespace {

using std::chrono::milliseconds;
using tfcpp::Concat;
using tfcpp::Context;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;

Error Beyond(std::string_view bound) {
  return UnusableListing(Concat("goes on after ", bound, ", and the provider reads no more"));
}

// One listing while its pages come in.
class Pages {
 public:
  Pages(const ListingBounds& bounds, tfcpp::Clock& clock) : bounds_(bounds), clock_(clock), began_(clock.Now()) {}

  int count() const { return count_; }
  milliseconds time_left() const {
    return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(bounds_.time - (clock_.Now() - began_)));
  }

  // False: it was the last page.
  Result<bool> Add(const PageAnswer& page) {
    ++count_;
    bytes_ += page.bytes;
    if (page.next_token.empty()) return false;
    if (!seen_tokens_.insert(page.next_token).second) {
      return UnusableListing("came back to a page that it had given before, so it has no end");
    }
    if (count_ >= bounds_.pages) return Beyond(Concat(std::to_string(bounds_.pages), " pages"));
    if (page.listed >= bounds_.webhooks) return Beyond(Concat(std::to_string(bounds_.webhooks), " webhooks"));
    if (bytes_ >= bounds_.bytes) return Beyond(Concat(std::to_string(bounds_.bytes), " bytes"));
    if (clock_.Now() - began_ >= bounds_.time) {
      return Beyond(Concat(std::to_string(bounds_.time.count() / 1000), " s (retry_timeout_seconds)"));
    }
    return true;
  }

 private:
  const ListingBounds& bounds_;
  tfcpp::Clock& clock_;
  const tfcpp::Clock::SteadyTime began_;
  std::set<std::string> seen_tokens_;
  int count_ = 0;
  std::size_t bytes_ = 0;
};

Result<PageAnswer> AskForLess(const Context& context, PageOrder& order, const AskForPage& ask) {
  for (;; order.max_results /= 2) {
    auto page = ask(context, order);
    if (page.has_value() || page.error().reason != tfcpp::kTooLarge || order.max_results == 1) return page;
  }
}

}  // namespace

ListingBounds ListingBounds::WithPatience(milliseconds patience) {
  constexpr milliseconds kWithoutPatience{60'000};
  ListingBounds bounds;
  bounds.time = patience.count() > 0 ? patience : kWithoutPatience;
  return bounds;
}

Error UnusableListing(std::string_view why) {
  return {.code = ErrorCode::kMalformed,
          .message = Concat("The service's listing of webhooks ", why, ". Nothing was concluded from it; try again.")};
}

Result<int> ReadPages(const Context& context, tfcpp::Clock& clock, const ListingBounds& bounds, const AskForPage& ask) {
  Pages pages(bounds, clock);
  PageOrder order;
  for (bool more = true; more;) {
    if (context.stop.stop_requested() && !context.finishing) {
      return Error{.code = ErrorCode::kCancelled,
                   .message = "The run was stopped while the webhooks were listed.",
                   .reason = "stopped"};
    }
    if (context.finishing) order.time_limit = pages.time_left();
    TFCPP_ASSIGN_OR_RETURN(const PageAnswer page, AskForLess(context, order, ask));
    order.token = page.next_token;
    TFCPP_ASSIGN_OR_RETURN(more, pages.Add(page));
  }
  return pages.count();
}

}  // namespace mlflow
