#include "provider/registry_webhook/facts.h"

#include <string_view>

namespace mlflow {
namespace {

constexpr char kWorkspace[] = "workspace";
constexpr char kToken[] = "token_to_lend";
constexpr char kWays[] = "ways_to_sign_in";
constexpr char kOwn[] = "own";
constexpr char kNone[] = "none";

std::string TextOf(const tfcpp::Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found == facts.end() ? "" : found->second;
}

}  // namespace

tfcpp::Facts ToFacts(const WebhookFacts& facts) {
  tfcpp::Facts texts{{kWorkspace, facts.workspace}, {kWays, facts.ways_to_sign_in}};
  if (facts.token != TokenToLend::kUnknown) texts.emplace(kToken, facts.token == TokenToLend::kOwn ? kOwn : kNone);
  return texts;
}

WebhookFacts ReadFacts(const tfcpp::Facts& facts) {
  const std::string token = TextOf(facts, kToken);
  return {.workspace = TextOf(facts, kWorkspace),
          .token = token == kOwn    ? TokenToLend::kOwn
                   : token == kNone ? TokenToLend::kNone
                                    : TokenToLend::kUnknown,
          .ways_to_sign_in = TextOf(facts, kWays)};
}

}  // namespace mlflow
