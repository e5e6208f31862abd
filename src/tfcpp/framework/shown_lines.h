// SPDX-License-Identifier: Apache-2.0
// Which lines of a configuration a diagnostic may make Terraform print.
//
// A path makes it print the line of the attribute; of one within an object, Terraform 1.15 prints the member's own
// line, and an object may stand in one line with all of its members. Written out, a secret would be shown by an error
// about its neighbour. So a path stays only where nothing of the attribute at the top that it begins with is for
// nobody's eyes. Without a path Terraform prints the head of the resource, and the text names the attribute. Pure;
// thread-safe.
#pragma once

#include "tfcpp/schema/schema.h"
#include "tfcpp/value/diagnostics.h"
#include "tfcpp/value/value.h"

namespace tfcpp {

// `config`, or in its place a state: what is set there is what may be written out.
Diagnostics WithoutSecretLines(const Schema& schema, const Value& config, const Diagnostics& diagnostics);

}  // namespace tfcpp
