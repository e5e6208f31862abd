#include "provider/server_webhook/facts.h"

#include <string_view>

namespace mlflow {
namespace {

constexpr char kAddress[] = "address";
constexpr char kWorkspace[] = "workspace";

std::string TextOf(const tfcpp::Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "" : found->second;
}

}  // namespace

tfcpp::Facts ToFacts(const ServerFacts& facts) {
  tfcpp::Facts texts;
  if (!facts.address.empty()) texts.emplace(kAddress, facts.address);
  if (!facts.workspace.empty()) texts.emplace(kWorkspace, facts.workspace);
  return texts;
}

ServerFacts ReadServerFacts(const tfcpp::Facts& facts) {
  return {.address = TextOf(facts, kAddress), .workspace = TextOf(facts, kWorkspace)};
}

}  // namespace mlflow
