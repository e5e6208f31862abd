// What every fuzz target shares. A target is one file that defines Run(); fuzz.cc makes it libFuzzer's entry point.
//
// Inputs are text, so that people can write and read them: `$` stands for kCanary, a secret that the code under test is
// told to keep. A target demands properties with Require; one that does not hold ends the process.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

inline constexpr std::string_view kCanary = "qZ7w-Canary-3xKv";
inline constexpr std::string_view kSignIn = "pB5t-SignIn-8wHn";  // what the provider signs in with
inline constexpr std::string_view kIssued = "vR4m-Issued-6dYp";  // a token that the service hands out

// The target: defined once in each program. Deterministic: the same input does the same, whatever came before.
void Run(std::string_view input);

// Ends the process with `what` unless `holds`.
void Require(bool holds, std::string_view what);
// No part of a secret of 8 characters or more in `text`, which `where` names.
void RequireNoSecret(std::string_view text, std::string_view where);
// Text as a diagnostic may have it: UTF-8, no secret, no control character but line breaks and tabs, nothing that
// changes the direction of writing.
void RequireReadable(std::string_view text, std::string_view where);

// `text` with `$` replaced by the canary.
std::string Plant(std::string_view text);

// The lines of an input, each taken once.
class Lines {
 public:
  explicit Lines(std::string_view input) : rest_(input) {}
  bool empty() const { return rest_.empty(); }
  // Without its line break; empty after the last.
  std::string_view Take();
  // All that is left.
  std::string_view TakeRest();

 private:
  std::string_view rest_;
};

// Takes the first character of `line` for a choice among `count`; 0 when the line is empty.
std::size_t Choose(std::string_view& line, std::size_t count);

}  // namespace fuzz
