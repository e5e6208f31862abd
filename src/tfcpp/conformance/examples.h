// SPDX-License-Identifier: Apache-2.0
// Examples: what a user says of a provider that no schema on the wire says: its block, and values that it accepts. A
// JSON file:
//
//   {
//     "provider": {"path": "notes.json"},
//     "resources": {"notes_note": {"title": ["First", "Second"], "tags": [null, ["a"]], "spec.url": ["https://x"]}},
//     "data_sources": {...}, "ephemeral_resources": {...}, "list_resources": {...}, "actions": {...},
//     "functions": {"slug": {"title": ["My First Note"]}}
//   }
//
// For an attribute, by its path without keys and indexes, a list of values, one of which is taken each time: null
// leaves it out. For a function, the same by the names of its parameters. Everything else is made up.
//
// Thread safety: a value type.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/result.h"
#include "tfcpp/testing/generate.h"
#include "tfcpp/testing/provided.h"
#include "tfcpp/value/value.h"

namespace tfcpp::conformance {

// By the path of an attribute, or the name of a parameter.
using Candidates = std::map<std::string, std::vector<Value>, std::less<>>;

struct Examples {
  Value provider;  // its block; as if it were empty, when the file has none
  // By kind, such as "resources", then by the type's name.
  std::map<std::string, std::map<std::string, Candidates>, std::less<>> by_kind = {};

  // Null: there are none.
  const Candidates* Find(std::string_view kind, const std::string& name) const;
};

// Values fit the schemas. An empty text is a file without anything. Errors name what is wrong in the file: a kind, a
// type or an attribute that does not exist, a value of another type.
Result<Examples> ReadExamples(std::string_view json, const test::Provided& provided);

// Configurations with these values, and others that most providers accept.
test::Sources SourcesOf(const Candidates* candidates);

// A configuration that says nothing.
Value BareConfig(const Schema& schema);

}  // namespace tfcpp::conformance
