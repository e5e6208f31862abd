// What a workspace is called, in states, identities and texts. One has a host; on Azure it has a resource id too, and
// may be configured by that alone: its host is then not known before the first call (auth/sign_in.h).
//
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "databricks/config.h"
#include "rest/json_client.h"

namespace tfcpp::databricks {

// The normalised host, or the Azure resource id where only that is set; empty: neither is.
const std::string& NameOfWorkspace(const Config& config);

// Whether a name that somebody gives may be that of the workspace called `known` (NameOfWorkspace). Names of one kind
// must be equal, without regard to how they are written. Between a host and a resource id only a call could tell: true.
bool MayBeSameWorkspace(std::string_view known, std::string_view named);

// The workspace as a JsonClient calls it.
rest::JsonService ServiceOf(const Config& config);

}  // namespace tfcpp::databricks
