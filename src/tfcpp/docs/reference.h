// SPDX-License-Identifier: Apache-2.0
// The reference part of a page: what a schema accepts and gives, in words.
//
// Everything comes from the schema: descriptions, modes, types, defaults, what validators demand, which changes replace
// the resource, what is sensitive or write-only. Pure. Thread safety: free functions only.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/framework/function.h"
#include "tfcpp/framework/resource.h"
#include "tfcpp/schema/schema.h"

namespace tfcpp::docs {

// A section "Schema" with the attributes and blocks by mode, what is nested in a part of its own, and the rules across
// attributes.
std::string SchemaReference(const Schema& schema, const std::vector<ConfigValidator>& config_validators = {});

// A section "Identity" with the attributes by which a resource is imported.
std::string IdentityReference(const Schema& identity);

// Sections "Signature", "Arguments" and "Return Type".
std::string FunctionReference(const FunctionType& function);

// "must be x" -> "Must be x."; a text that ends with a full stop keeps it.
std::string Sentence(std::string text);

}  // namespace tfcpp::docs
