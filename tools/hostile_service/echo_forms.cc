#include "echo_forms.h"

#include "tfcpp/base/base64.h"

namespace hostile {
namespace {

// Each byte as two hexadecimal digits, with something before and behind.
std::string EachByte(std::string_view text, std::string_view before, std::string_view behind = "") {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string written;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    written.append(before).append({kDigits[byte >> 4], kDigits[byte & 0xf]}).append(behind);
  }
  return written;
}

std::string InBase64(std::string_view text, std::size_t offset) {
  return tfcpp::Base64(std::string(offset, '-').append(text));
}

}  // namespace

const std::vector<EchoForm>& EchoForms() {
  static const std::vector<EchoForm> all = {
      {"plain", [](std::string_view text) { return std::string(text); }},
      {"percent", [](std::string_view text) { return EachByte(text, "%"); }},
      {"base64", [](std::string_view text) { return InBase64(text, 0); }},
      {"base64_from_1", [](std::string_view text) { return InBase64(text, 1); }},
      {"base64_from_2", [](std::string_view text) { return InBase64(text, 2); }},
      {"hex", [](std::string_view text) { return EachByte(text, ""); }},
      {"html", [](std::string_view text) { return EachByte(text, "&#x", ";"); }},
      {"json", [](std::string_view text) { return EachByte(text, "\\u00"); }},
  };
  return all;
}

}  // namespace hostile
