// SPDX-License-Identifier: Apache-2.0
// What callers of an API read of its answers, by what each call documents: an object in a member, a page of a listing,
// nothing. An answer of another form is an error, made by the API's own Misfit, and nothing is concluded from it.
//
// Thread safety: free functions without state.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "rest/json_client.h"
#include "tfcpp/base/result.h"
#include "tfcpp/json/json.h"

namespace tfcpp::rest {

// Reads one object of an answer. Returns what is wrong with it, as clauses ("name is missing"); empty: nothing.
using ReadAnswered = std::function<std::string(const Json& object)>;

// Makes the error of an answer that is not what its call documents; `what` is a clause.
using Misfit = std::function<Error(std::string_view what)>;

struct Page {
  std::string next_page_token;                               // empty: the last page
  std::optional<std::chrono::sys_seconds> answered_at = {};  // by the clock of its Date header
  std::size_t bytes = 0;                                     // of the answer's body
};

// The object that a create, a get or an update answers with, below `member`.
Result<void> ReadObject(const Json& body, std::string_view member, const ReadAnswered& read, const Misfit& misfit);

// A page whose entries are below `member`; an empty listing is {}. `take` gets each entry, whatever it is; none after
// an error.
Result<Page> ReadPage(const JsonAnswer& answer, std::string_view member, const std::function<void(const Json&)>& take,
                      const Misfit& misfit);

// Of an answer whose one documented member may be absent: whether nothing is there but what counts as absent. An answer
// without an object, or without any body, is not of the documented form: a proxy may have made it.
bool IsEmpty(const Json& body, std::string_view member);

// An answer that is documented to say nothing: {}. What says something, or has no body, may be another program's.
Result<void> RequireEmpty(const Json& body, const Misfit& misfit);

}  // namespace tfcpp::rest
