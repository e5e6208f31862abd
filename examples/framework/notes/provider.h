// The provider `notes`: what it consists of, and how a configuration becomes a Store.
#pragma once

#include "tfcpp/framework/provider.h"

namespace notes {

tfcpp::Provider MakeProvider();

}  // namespace notes
