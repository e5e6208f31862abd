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

namespace docgen {

// A section "Schema" with the attributes by mode, each nested object in a part of its own, and the rules across
// attributes. Throws std::logic_error for a schema with blocks, which this provider does not use.
std::string SchemaReference(const tfcpp::Schema& schema,
                            const std::vector<tfcpp::ConfigValidator>& config_validators = {});

// A section "Identity" with the attributes by which a resource is imported.
std::string IdentityReference(const tfcpp::Schema& identity);

// Sections "Signature", "Arguments" and "Return Type".
std::string FunctionReference(const tfcpp::FunctionType& function);

// "must be x" -> "Must be x."; a text that ends with a full stop keeps it.
std::string Sentence(std::string text);

}  // namespace docgen
