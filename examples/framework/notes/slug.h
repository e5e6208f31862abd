// The function `slug`: "My First Note" is "my-first-note".
#pragma once

#include "tfcpp/framework/function.h"

namespace notes {

tfcpp::FunctionType SlugFunction();

}  // namespace notes
