// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/program/mistakes.h"

#include <iostream>
#include <string>
#include <vector>

#include "tfcpp/framework/check_provider.h"

namespace tfcpp {

bool TellMistakes(const Provider& provider, std::string_view program) {
  std::vector<std::string> mistakes = CheckProvider(provider);
  if (provider.version.empty()) mistakes.emplace_back("provider: it has no version");
  if (provider.address.empty()) mistakes.emplace_back("provider: it has no address");
  if (mistakes.empty()) return false;
  std::cerr << program << " cannot be served. Its author is to mend:\n";
  for (const std::string& mistake : mistakes) std::cerr << "  " << mistake << "\n";
  return true;
}

}  // namespace tfcpp
