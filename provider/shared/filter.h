// The filters of data sources and lists, as far as they are the same for every kind of webhook: as attributes, as read
// from a configuration, and as tests of a webhook. A filter that is absent is an empty text or no texts, and fits
// everything. Pure; thread-safe.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/value.h"

namespace mlflow {

// The filter by an attribute of the resource: what a webhook may have there may be looked for, and nothing else.
tfcpp::Attribute FilterBy(const tfcpp::Schema& resource, std::string_view attribute, std::string description);
// `url_prefix`.
tfcpp::Attribute FilterByUrlPrefix();

// `config` is wholly known, and has an attribute of that name.
std::string TextFilter(const tfcpp::Value& config, std::string_view name);
std::vector<std::string> TextsFilter(const tfcpp::Value& config, std::string_view name);

bool FitsText(const std::string& wanted, std::string_view text);
bool FitsPrefix(const std::string& prefix, std::string_view text);
bool FitsAny(const std::vector<std::string>& wanted, const std::set<std::string>& texts);

}  // namespace mlflow
