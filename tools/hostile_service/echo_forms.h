// The ways in which a service may write what it has learned. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hostile {

struct EchoForm {
  const char* name;
  std::string (*write)(std::string_view text);
};

const std::vector<EchoForm>& EchoForms();

}  // namespace hostile
