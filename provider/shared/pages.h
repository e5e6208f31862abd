// Reads a listing page by page, within bounds: for every service that gives a token for the next page. What is on a
// page is the caller's. Pure but for the calls; thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "tfcpp/base/clock.h"
#include "tfcpp/base/context.h"
#include "tfcpp/base/result.h"

namespace mlflow {

// What is more than this is an error.
struct ListingBounds {
  std::size_t webhooks = 100'000;
  int pages = 10'000;
  std::size_t bytes = 512u << 20;           // of all answers
  std::chrono::milliseconds time{300'000};  // for all pages; looked at after each

  // `patience`: retry_timeout_seconds. Whoever wants no repetitions wants listings all the same.
  static ListingBounds WithPatience(std::chrono::milliseconds patience);
};

struct PageOrder {
  std::string token = {};  // empty: the first page
  int max_results = 1000;
  std::chrono::milliseconds time_limit{0};  // of the call; 0: the client's own
};
struct PageAnswer {
  std::string next_token;  // empty: it was the last page
  std::size_t bytes = 0;   // of the answer's body
  std::size_t listed = 0;  // webhooks of all pages so far
};
using AskForPage = std::function<tfcpp::Result<PageAnswer>(const tfcpp::Context&, const PageOrder&)>;

// The error of a listing that `why` ("has no end").
tfcpp::Error UnusableListing(std::string_view why);

// How many pages there were. A page that is too large (Error::reason kTooLarge) is asked for again with half as many
// results, down to one. With Context::finishing each call gets what is left of the time. Errors: the calls' own,
// kCancelled for a stop between two pages, kMalformed for a token that comes again and for a listing beyond its bounds.
tfcpp::Result<int> ReadPages(const tfcpp::Context& context, tfcpp::Clock& clock, const ListingBounds& bounds,
                             const AskForPage& ask);

}  // namespace mlflow
