// SPDX-License-Identifier: Apache-2.0
// What of a provider says of itself nothing that its documentation could repeat.
#pragma once

#include <string>
#include <vector>

#include "tfcpp/framework/provider.h"

namespace tfcpp::docs {

// "notes_note.title", "data.notes_note", "slug(title)": what has no description. In the pages it stands without a text.
std::vector<std::string> WithoutDescription(const Provider& provider);

}  // namespace tfcpp::docs
