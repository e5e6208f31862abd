#include "fuzz.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tfcpp/base/strings.h"

namespace fuzz {
namespace {

// A part of a secret, of `length` characters.
bool HasPartOfSecret(std::string_view text, std::size_t length) {
  for (const std::string_view secret : {kCanary, kSignIn, kIssued}) {
    for (std::size_t at = 0; at + length <= secret.size(); ++at) {
      if (text.find(secret.substr(at, length)) != text.npos) return true;
    }
  }
  return false;
}

}  // namespace

void Require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "\nThis does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void RequireNoSecret(std::string_view text, std::string_view where) {
  if (HasPartOfSecret(text, 8)) Require(false, tfcpp::Concat("no secret in ", where, ": ", text));
}

void RequireReadable(std::string_view text, std::string_view where) {
  RequireNoSecret(text, where);
  Require(tfcpp::IsValidUtf8(text), tfcpp::Concat("valid UTF-8 in ", where, ": ", text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(at < text.size() ? text[at] : 0); };
    const bool control = (byte(i) < 0x20 && text[i] != '\n' && text[i] != '\t') || byte(i) == 0x7f ||
                         (byte(i) == 0xc2 && byte(i + 1) < 0xa0);
    const bool turns = byte(i) == 0xe2 && ((byte(i + 1) == 0x80 && byte(i + 2) >= 0xaa && byte(i + 2) <= 0xae) ||
                                           (byte(i + 1) == 0x81 && byte(i + 2) >= 0xa6 && byte(i + 2) <= 0xa9));
    Require(!control && !turns, tfcpp::Concat("nothing that writes a terminal in ", where, ": ", text));
  }
}

std::string Plant(std::string_view text) {
  std::string planted;
  for (const char c : text) {
    if (c == '$') {
      planted += kCanary;
    } else {
      planted += c;
    }
  }
  return planted;
}

std::string_view Lines::Take() {
  const std::size_t end = rest_.find('\n');
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
  return line;
}

std::string_view Lines::TakeRest() {
  const std::string_view all = rest_;
  rest_ = {};
  return all;
}

std::size_t Choose(std::string_view& line, std::size_t count) {
  if (line.empty()) return 0;
  const std::size_t choice = static_cast<unsigned char>(line.front()) % count;
  line.remove_prefix(1);
  return choice;
}

}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // libFuzzer takes what a program compares into its inputs; a secret that stands there already is none.
  if (!fuzz::HasPartOfSecret(input, 4)) fuzz::Run(input);
  return 0;
}
