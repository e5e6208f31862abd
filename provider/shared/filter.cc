#include "provider/shared/filter.h"

#include <algorithm>
#include <utility>

#include "tfcpp/schema/validators.h"

namespace mlflow {

using tfcpp::Attribute;
using tfcpp::Value;

Attribute FilterBy(const tfcpp::Schema& resource, std::string_view attribute, std::string description) {
  const Attribute& original = *resource.Find(attribute);
  return {.name = original.name,
          .type = original.type,
          .validators = original.validators,
          .description = std::move(description)};
}

Attribute FilterByUrlPrefix() {
  return {
      .name = "url_prefix",
      .type = tfcpp::Type::String(),
      .validators = {tfcpp::SizeAtLeast(1)},
      .description =
          "Only webhooks whose URL begins with this text, compared letter by letter. End it with a slash to mean one "
          "host: `https://example.com` is also the beginning of `https://example.com.evil.example`."};
}

std::string TextFilter(const Value& config, std::string_view name) {
  const Value& value = config.Get(name);
  return value.is_null() ? "" : value.AsString();
}

std::vector<std::string> TextsFilter(const Value& config, std::string_view name) {
  std::vector<std::string> texts;
  const Value& value = config.Get(name);
  if (value.is_null()) return texts;
  for (const Value& element : value.Elements()) texts.push_back(element.AsString());
  return texts;
}

bool FitsText(const std::string& wanted, std::string_view text) { return wanted.empty() || wanted == text; }

bool FitsPrefix(const std::string& prefix, std::string_view text) { return text.starts_with(prefix); }

bool FitsAny(const std::vector<std::string>& wanted, const std::set<std::string>& texts) {
  const auto has = [&](const std::string& one) { return texts.contains(one); };
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), has);
}

}  // namespace mlflow
