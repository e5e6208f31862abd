// SPDX-License-Identifier: Apache-2.0
// tfcpp-conformance: tells how far a provider keeps Terraform's rules. docs/framework/conformance.md.
#include <charconv>
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/file.h"
#include "tfcpp/base/strings.h"
#include "tfcpp/conformance/judge.h"
#include "tfcpp/host/plugin.h"

namespace {

namespace kit = tfcpp::conformance;

constexpr char kHelp[] =
    R"(Usage: tfcpp-conformance [--apply] [--config FILE] [--seed N] [--rounds N] [--limit SECONDS] PROVIDER

Starts the provider's program as Terraform does, makes up configurations from its schema, and reports each breach of
Terraform's rules. Speaks plugin protocol 6.
  --apply          act: make, read, plan again, import, change and delete objects, read data. Without it nothing acts.
  --config FILE    JSON: the provider's block, and values that it accepts
  --seed N         of what is made up (1)
  --rounds N       configurations of each type (10)
  --limit SECONDS  for each call (60)
Exit code: 0 no breach was found, 1 one was, 2 it could not be run.
)";

struct Arguments {
  kit::Effort effort;
  std::string config_file;
  std::string program;
  int limit_s = 60;
};

std::optional<int> Number(std::string_view text, int least, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

// Nullopt and a text: they cannot be read.
std::optional<Arguments> ReadArguments(const std::vector<std::string>& texts, std::string& what) {
  Arguments arguments;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string& text = texts[i];
    const auto number = [&](int least, int most) {
      return ++i < texts.size() ? Number(texts[i], least, most) : std::nullopt;
    };
    std::optional<int> given = 0;
    if (text == "--apply") {
      arguments.effort.apply = true;
    } else if (text == "--config" && i + 1 < texts.size()) {
      arguments.config_file = texts[++i];
    } else if (text == "--seed") {
      given = number(0, 1'000'000'000);
      arguments.effort.seed = static_cast<unsigned>(given.value_or(0));
    } else if (text == "--rounds") {
      given = number(1, 10'000);
      arguments.effort.rounds = given.value_or(0);
    } else if (text == "--limit") {
      given = number(1, 3600);
      arguments.limit_s = given.value_or(0);
    } else if (!text.starts_with('-') && arguments.program.empty()) {
      arguments.program = text;
    } else {
      given = std::nullopt;
    }
    if (!given.has_value()) what = tfcpp::Concat("what is wanted with ", text, "? See --help.");
    if (!given.has_value()) return std::nullopt;
  }
  if (arguments.program.empty()) what = "which program? See --help.";
  return arguments.program.empty() ? std::nullopt : std::optional(arguments);
}

int Fail(std::string_view what) {
  std::cerr << "tfcpp-conformance: " << what << "\n";
  return 2;
}

int Judge(const Arguments& arguments) {
  std::string json;
  if (!arguments.config_file.empty()) {
    auto text = tfcpp::ReadFile(arguments.config_file, tfcpp::kMaxSettingsFile);
    if (!text.has_value()) return Fail(tfcpp::Concat(arguments.config_file, " ", text.error().message));
    json = *std::move(text);
  }
  auto plugin =
      tfcpp::host::Plugin::Start({.program = arguments.program, .limit = std::chrono::seconds(arguments.limit_s)});
  if (!plugin.has_value()) return Fail(plugin.error().message);
  const tfcpp::host::Child& child = (*plugin)->child();
  const tfcpp::test::Client client(*std::move(plugin));
  const auto examples = kit::ReadExamples(json, client.provided());
  if (!examples.has_value()) return Fail(tfcpp::Concat(arguments.config_file, ": ", examples.error().message));
  kit::Report report;
  kit::JudgeProvider(client, *examples, arguments.effort, report);
  std::cout << report.ToString();
  if (const std::string printed = child.LaterOutput(); !printed.empty()) {
    std::cout << "Printed to standard output after the handshake, where nobody reads it: "
              << tfcpp::QuotedValue(printed) << "\n";
  }
  if (report.is_broken()) return 1;
  return report.stopped().empty() ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> texts(argv + 1, argv + argc);
  for (const std::string& text : texts) {
    if (text != "--help" && text != "--version") continue;
    std::cout << (text == "--help" ? kHelp : "tfcpp-conformance " TFCPP_VERSION "\n");
    return 0;
  }
  std::string what;
  const auto arguments = ReadArguments(texts, what);
  if (!arguments.has_value()) return Fail(what);
  try {
    return Judge(*arguments);
  } catch (const std::exception& failed) {
    return Fail(tfcpp::Concat(arguments->program, ": ", failed.what()));
  }
}
