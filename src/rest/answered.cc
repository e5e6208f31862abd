// SPDX-License-Identifier: Apache-2.0
#include "rest/answered.h"

#include <algorithm>

#include "rest/date.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::rest {

Result<void> ReadObject(const Json& body, std::string_view member, const ReadAnswered& read, const Misfit& misfit) {
  const Json* object = body.Find(member);
  if (object == nullptr) return misfit(Concat("there is no ", member, " in it"));
  const std::string wrong = read(*object);
  if (!wrong.empty()) return misfit(Concat("of its ", member, ", ", wrong));
  return {};
}

Result<Page> ReadPage(const JsonAnswer& answer, std::string_view member, const std::function<void(const Json&)>& take,
                      const Misfit& misfit) {
  // An answer that is no object at all says nothing about any entry.
  if (!answer.body.is_object()) return misfit("it is no JSON object");
  Page page;
  page.answered_at = ParseHttpDate(FindHeader(answer.headers, "Date").value_or(""));
  page.bytes = answer.bytes;
  const Json* token = answer.body.Find("next_page_token");
  if (token != nullptr && token->is_string()) {
    page.next_page_token = token->string();
  } else if (token != nullptr && !token->is_null()) {
    return misfit("next_page_token is no text");
  }
  const Json* entries = answer.body.Find(member);
  if (entries == nullptr) {
    if (token == nullptr && !answer.body.members().empty()) return misfit(Concat("there are no ", member, " in it"));
    return page;
  }
  if (!entries->is_array()) return misfit(Concat(member, " is no array"));
  for (const Json& entry : entries->elements()) take(entry);
  return page;
}

bool IsEmpty(const Json& body, std::string_view member) {
  return body.is_object() && std::all_of(body.members().begin(), body.members().end(), [&](const auto& each) {
           return each.first == member && each.second.is_null();
         });
}

Result<void> RequireEmpty(const Json& body, const Misfit& misfit) {
  if (IsEmpty(body, "")) return {};
  return misfit(body.is_object() ? "it is not empty" : "it is no JSON object");
}

}  // namespace tfcpp::rest
