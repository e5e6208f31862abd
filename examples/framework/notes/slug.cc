#include "slug.h"

#include <string>

#include "tfcpp/base/strings.h"

namespace notes {
namespace {

std::string Slug(const std::string& title) {
  std::string slug;
  for (const char c : tfcpp::ToLower(title)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

}  // namespace

tfcpp::FunctionType SlugFunction() {
  return {.name = "slug",
          .parameters = {{.name = "title", .type = tfcpp::Type::String(), .description = "Any text."}},
          .result = tfcpp::Type::String(),
          .summary = "A title as a part of an address",
          .description = "Lower case; whatever is no letter or digit of ASCII becomes a hyphen.",
          .call = [](const std::vector<tfcpp::Value>& arguments) -> tfcpp::Result<tfcpp::Value> {
            return tfcpp::Value::String(Slug(arguments[0].AsString()));
          }};
}

}  // namespace notes
