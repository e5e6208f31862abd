// SPDX-License-Identifier: Apache-2.0
// Settings: texts that stand in a block of configuration, in environment variables and in files, what counts of them,
// and what is wrong with them. Nothing here reads the process's environment: it is passed in.
//
//   const std::string_view text = Trimmed(TextKind::kPlain, given);
//   std::string wrong(FaultOf(TextKind::kPlain, text));
//   if (wrong.empty()) wrong = AssignText(text, config.timeout);
//   if (!wrong.empty()) return Invalid(Concat("timeout in ", source, " ", wrong, "."));
//
// Pure; thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfcpp/base/secret.h"

namespace tfcpp {

// The process's environment variables, as a function, so that nothing but main reads the real ones. Looks up a
// variable; nullopt when it is not set. Thread safety: safe to call from several threads.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// A variable without the blanks and line ends at its ends, which come from files that were read whole. One of nothing
// else counts as not set, because pipelines define variables that they have no value for.
std::optional<std::string> FindVariable(const Environment& environment, std::string_view name);

// The user's home folder. Nullopt: the process was started without one, as some services are.
std::optional<std::string> FindHomeFolder(const Environment& environment);

// What stands in a block: texts by attribute name, a list as "a,b", each a Secret because it may be one. An empty text
// counts as unset, because `token = var.token` with an empty default is common, and so does one of blanks; "false" and
// "0" are values.
using ConfigInput = std::map<std::string, Secret, std::less<>>;

// The words for where a value of ConfigInput comes from.
inline constexpr char kFromBlock[] = "the provider block";

// What a text becomes, which decides what is taken off its ends and which characters it must not have.
enum class TextKind {
  kPlain,       // a token, id, name, address or path: no blanks and line ends at both ends, and no control characters,
                // because it may stand in a header
  kForm,        // the same ends; it only ever goes percent-encoded, so that NUL, CR and LF alone are refused
  kPassword,    // blanks belong to it: only line ends at its end are taken off; no control characters (RFC 7617)
  kFormSecret,  // the same end, and percent-encoded
  kTenant,      // a GUID or a domain name: letters, digits, dots and hyphens alone, because it stands in a path
  kJson,        // as it is
};

// What counts of a text; empty: nothing, so that it is unset.
std::string_view Trimmed(TextKind kind, std::string_view text);
// What is wrong with a trimmed text, as the end of a sentence that never shows it; empty: nothing.
std::string_view FaultOf(TextKind kind, std::string_view trimmed);

// Puts a text into a setting of its type. The answer completes "timeout in the variable X ..."; empty: nothing is
// wrong.
std::string AssignText(std::string_view text, std::string& to);
std::string AssignText(std::string_view text, Secret& to);
std::string AssignText(std::string_view text, bool& to);                      // true, false, 1, 0 and what Go takes
                                                                              // besides
std::string AssignText(std::string_view text, std::chrono::seconds& to);      // at most a day
std::string AssignText(std::string_view text, std::optional<double>& to);     // not below 0; 0 is nullopt
std::string AssignText(std::string_view text, std::vector<std::string>& to);  // sorted, without doubles

}  // namespace tfcpp
